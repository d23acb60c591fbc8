import { Component } from "@odoo/owl";
import { formatCurrency } from "@web/core/currency";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { LEVELS } from "../front_desk/guest_line";

/** What an outlet should know about the guest at the table. */
export class GuestCard extends Component {
    static template = "hotel_crm_base.GuestCard";
    static props = { guest: Object, currencyId: Number, onLeave: Function };

    get flags() {
        return this.props.guest.flags.map(([level, text], id) => ({ id, text, badge: LEVELS[level] || LEVELS.info }));
    }

    get visits() {
        return this.props.guest.visits.map(([date, text, amount], id) => ({
            id,
            text,
            date: formatDate(deserializeDate(date)),
            amount: formatCurrency(amount, this.props.currencyId),
        }));
    }

    get visitText() {
        const count = this.props.guest.visit_count;
        return count ? _t("Visits here: %s", count) : _t("Here for the first time");
    }
}
