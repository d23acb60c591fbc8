import { Component } from "@odoo/owl";
import { formatCurrency } from "@web/core/currency";
import { deserializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { LEVELS } from "./guest_line";

/** One list of the business day: who arrives, is in house, or leaves. */
export class DayList extends Component {
    static template = "hotel_crm_base.DayList";
    static props = {
        list: Object, // name, title, icon, empty, count, done, doneText, rows
        onOpen: Function,
        onOpenStay: Function,
        onAll: Function,
        onCheckIn: Function,
        onCheckOut: Function,
        onAssign: Function,
        canMove: Boolean,
    };

    get allText() {
        return _t("Show all %s", this.props.list.count);
    }

    dates(row) {
        const day = (text) =>
            deserializeDate(text).toLocaleString({ month: "short", day: "numeric" });
        return `${day(row.arrival_date)} – ${day(row.departure_date)}`;
    }

    nights(row) {
        if (!row.nights) {
            return _t("Day use");
        }
        return row.nights === 1 ? _t("1 night") : _t("%s nights", row.nights);
    }

    persons(row) {
        return row.persons === 1 ? _t("1 person") : _t("%s persons", row.persons);
    }

    /** What is still to pay, or to give back. */
    balance(row) {
        const amount = formatCurrency(Math.abs(row.balance), row.currency_id);
        return row.balance > 0 ? _t("%s due", amount) : _t("%s to give back", amount);
    }

    lateText(row) {
        return row.state === "in_house" ? _t("Overdue") : _t("Late");
    }

    flags(row) {
        return row.flags.map(([level, text], id) => ({
            id,
            text,
            badge: LEVELS[level] || LEVELS.info,
        }));
    }

    /** Arrows walk through the list; the first one goes back to what is before it. */
    onKeydown(ev) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[ev.key];
        const rows = [...ev.currentTarget.querySelectorAll(".o_hotel_day_open")];
        const next = rows[rows.indexOf(ev.target) + (step || 0)];
        if (step && next) {
            ev.preventDefault();
            next.focus();
        }
    }
}
