import { Component } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { markDigits, markText } from "./text_marks";

export const LEVELS = {
    danger: "text-bg-danger",
    warning: "text-bg-warning",
    info: "text-bg-info",
};

/** One guest as the desk recognises him or her, with what was typed marked. */
export class GuestLine extends Component {
    static template = "hotel_crm_base.GuestLine";
    static props = {
        guest: Object,
        query: { type: String, optional: true },
    };
    static defaultProps = { query: "" };

    get name() {
        return markText(this.props.guest.name, this.props.query);
    }

    get details() {
        const { guest, query } = this.props;
        const born = guest.birth_date && formatDate(deserializeDate(guest.birth_date));
        return [
            { id: "code", icon: "fa-id-card-o", parts: markDigits(guest.code, query) },
            { id: "phone", icon: "fa-phone", parts: markDigits(guest.phone, query) },
            { id: "email", icon: "fa-envelope-o", parts: markText(guest.email, query) },
            { id: "born", icon: "fa-birthday-cake", parts: markText(born || "", "") },
        ].filter((detail) => detail.parts.length);
    }

    get flags() {
        return (this.props.guest.flags || []).map(([level, text], id) => ({
            id,
            text,
            badge: LEVELS[level] || LEVELS.info,
        }));
    }

    get lastStay() {
        const day = this.props.guest.last_stay;
        return day && _t("Last stay %s", formatDate(deserializeDate(day)));
    }
}
