"""Makers of activities whose audience is told, and the job run by hand."""

from ..campaign.campaign_common import CampaignMakers


class SendingMakers(CampaignMakers):
    @classmethod
    def _make_readers(cls, number=6):
        """Make a segment and guests of it who have agreed to offers."""
        segments = cls.env["hotel.segment"]
        cls.segment = segments.create({"name": "Readers", "company_ids": [(6, 0, cls.hotel.company_id.ids)]})
        cls.segment.rule_ids = [(0, 0, {"criterion": "guest", "domain": "[('name', 'like', 'Reader%')]"})]
        cls.readers = [cls._make_friend(f"Reader {each}") for each in range(number)]

    def _make_told(self, **values):
        """Make an activity whose button was pressed and whose audience is drawn."""
        campaign = self._make_campaign(
            hotel_mail_subject="Spring in the garden",
            hotel_mail_body='<p>Come <t t-out="1 + 1">and see</t></p>',
            hotel_segment_ids=[(6, 0, self.segment.ids)],
            **values,
        )
        campaign.action_hotel_tell()
        campaign._draw_hotel_audience()
        return campaign

    def _tell(self, batch=500):
        self._patch(self.env.registry["ir.cron"], "_commit_progress", lambda *args, **options: 60.0)
        self.env["hotel.campaign.member"]._cron_tell(batch)
