import { Component } from "@odoo/owl";
import { formatCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";

/** The bills of the day, the latest first. */
export class BillList extends Component {
    static template = "hotel_crm_base.BillList";
    static props = { rows: Array, currencyId: Number, onReverse: Function };

    noName = _t("No guest named");

    money(amount) {
        return formatCurrency(amount, this.props.currencyId);
    }

    details(row) {
        const covers = row.covers && _t("%s covers", row.covers);
        return [row.description, row.kind, covers, row.bill_ref, row.by, row.reason].filter(Boolean).join(" · ");
    }

    stateText(row) {
        if (row.is_reversed) {
            return _t("Taken back");
        }
        return row.settlement === "room" ? _t("Room") : _t("Paid");
    }
}
