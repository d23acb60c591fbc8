"""Prize draws: the seed is committed before the first entry, the draw can be recomputed by anybody."""

import secrets

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ... import prize_draw
from ..campaign.utm_campaign_state import MARKETING


class UtmCampaign(models.Model):
    _inherit = "utm.campaign"

    hotel_prize_ids = fields.One2many("hotel.prize", "campaign_id", string="Prizes")
    hotel_win_ids = fields.One2many("hotel.prize.win", "campaign_id", string="Won Prizes")
    hotel_draw_secret = fields.Char(readonly=True, copy=False, groups="base.group_system", prefetch=False)
    hotel_draw_commitment = fields.Char(
        string="Commitment",
        readonly=True,
        copy=False,
        help="SHA-256 of the secret seed, published before the first entry.",
    )
    hotel_draw_seed = fields.Char(string="Seed", readonly=True, copy=False, help="Revealed by the draw.")
    hotel_draw_codes = fields.Text(string="Entries", readonly=True, copy=False, help="As they stood when it was drawn.")
    hotel_drawn_at = fields.Datetime(string="Drawn at", readonly=True, copy=False)

    def action_hotel_publish(self):
        """Commit to the seed of a prize draw before anybody can enter.

        :raises UserError: there is nothing to win
        """
        draws = self.filtered(lambda campaign: campaign.hotel_kind == "draw")
        if any(not campaign.hotel_prize_ids for campaign in draws):
            raise UserError(self.env._("There is nothing to win: add prizes."))
        result = super().action_hotel_publish()
        for campaign in draws.sudo():  # nobody reads or writes the secret by hand
            seed = secrets.token_hex(32)
            campaign.write({"hotel_draw_secret": seed, "hotel_draw_commitment": prize_draw.commit(seed)})
        return result

    def action_hotel_draw(self):
        """Draw the winners and tell them. Callable by marketing, once, when nobody can enter any more.

        :raises UserError: it is not over, was drawn, or nobody takes part
        """
        self.ensure_one()
        self._check_hotel_group(MARKETING)
        if self.hotel_kind != "draw" or self.hotel_state not in ("ended", "evaluated"):
            raise UserError(self.env._("Winners are drawn when the activity is over."))
        campaign = self.sudo()  # as above
        if not campaign._take_hotel_draw():
            raise UserError(self.env._("The winners were drawn already."))
        signups = campaign.hotel_signup_ids.filtered(lambda signup: signup.state == "signed")
        if not signups:
            raise UserError(self.env._("Nobody takes part."))
        campaign._draw_hotel_winners(signups)

    def _take_hotel_draw(self):
        """Return whether the draw is ours to make: of two at once one waits, and finds it made. SQL for that."""
        self.flush_recordset()
        done = self.env.execute_query(
            SQL(
                "UPDATE utm_campaign SET hotel_drawn_at = %s WHERE id = %s AND hotel_drawn_at IS NULL RETURNING id",
                fields.Datetime.now(),
                self.id,
            )
        )
        self.invalidate_recordset(["hotel_drawn_at"], flush=False)
        return bool(done)

    def _draw_hotel_winners(self, signups):
        by_code = {signup.entry_code: signup for signup in signups}
        prizes = [(prize.id, prize.stock) for prize in self.hotel_prize_ids]
        won = prize_draw.draw(self.hotel_draw_secret, by_code, prizes)
        self.write({"hotel_draw_seed": self.hotel_draw_secret, "hotel_draw_codes": "\n".join(sorted(by_code))})
        wins = self.env["hotel.prize.win"].create(
            [
                {"campaign_id": self.id, "prize_id": prize_id, "signup_id": by_code[code].id, "position": number}
                for number, (code, prize_id) in enumerate(won, 1)
            ]
        )
        for prize, found in wins.grouped("prize_id").items():
            if prize.program_id:
                cards = prize.program_id._hotel_issue(found.partner_id, is_once=False)
                owners = {card.partner_id: card for card in cards}
                for win in found:
                    win.card_id = owners[win.partner_id]
        for win in wins.filtered(lambda each: each.partner_id.email_normalized):
            self.env["hotel.message"]._send(
                win.partner_id,
                "transaction",
                "email",
                f"prize/{win.id}",
                template="hotel_crm_marketing.mail_template_prize",
                record=win,
                property=self._get_hotel_speaker(),
                company=self.hotel_company_id,
            )

    def _get_hotel_draw(self):
        """Return what anybody needs to recompute the draw: no names, codes only.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "activity": self.title,
            "commitment": self.hotel_draw_commitment or "",
            "seed": self.hotel_draw_seed or "",
            "prizes": [{"id": prize.id, "name": prize.name, "stock": prize.stock} for prize in self.hotel_prize_ids],
            "entries": (self.hotel_draw_codes or "").splitlines(),
            "winners": [{"entry": win.entry_code, "prize": win.prize_id.id} for win in self.hotel_win_ids],
            "rule": "key = sha256(seed + ':' + sha256('\\n'.join(sorted(entries)))); place = sha256(key + ':' + entry)",
        }
