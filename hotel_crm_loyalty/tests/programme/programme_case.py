"""What tests of programmes share: the example programme and its people."""

import copy

from ..ledger.loyalty_common import LoyaltyCase


class ProgrammeCase(LoyaltyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._make_user("manager")
        cls.admin = cls._make_user("admin")
        cls.clerk = cls._make_user("front_office")
        cls.marketer = cls._make_user("marketing")
        cls.approver = cls._make_user("front_office+approver")
        cls.applied = cls.program.hotel_revision_id

    def _draft(self, user=None, **changes):
        """Return a draft of the rules in force with other nights for silver, or other changes of the first version."""
        revision = self.applied.with_user(user or self.manager)
        draft = revision.browse(revision.action_draft()["res_id"])
        content = copy.deepcopy(draft.content)
        content["versions"][0].update(changes)
        draft.content = content
        return draft

    def _draft_silver(self, nights, user=None):
        """Return a draft by which so many nights are enough for silver."""
        draft = self._draft(user)
        content = copy.deepcopy(draft.content)
        content["versions"][0]["tiers"][1]["gain"]["nodes"][0]["value"] = nights
        draft.content = content
        return draft

    def _work(self, batch=500, seconds=60.0):
        """Let the job run; without seconds it ends after each batch."""
        self._patch(self.env.registry["ir.cron"], "_commit_progress", lambda *args, **options: seconds)
        self.env["hotel.loyalty.rerun"]._cron_continue(batch)

    def _try(self, draft):
        """Try a draft on history; return what was found out."""
        rerun = self.env["hotel.loyalty.rerun"].browse(draft.action_dry_run()["res_id"])
        self._work()
        self.assertEqual(rerun.state, "done")
        return rerun
