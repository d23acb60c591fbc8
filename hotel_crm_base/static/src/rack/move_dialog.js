import { Component, useState } from "@odoo/owl";
import { formatCurrency } from "@web/core/currency";
import { Dialog } from "@web/core/dialog/dialog";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

/** What a move on the rack costs, before it is done. */
export class MoveDialog extends Component {
    static template = "hotel_crm_base.MoveDialog";
    static components = { Dialog };
    static props = { close: Function, quote: Object, onMove: Function };

    setup() {
        this.state = useState({ isBusy: false });
    }

    money(amount) {
        return formatCurrency(amount, this.props.quote.currency_id);
    }

    place({ arrival_date: arrival, departure_date: departure, room, room_type: type }) {
        const day = (iso) => formatDate(deserializeDate(iso));
        return [`${day(arrival)} – ${day(departure)}`, type, room].filter(Boolean).join(" · ");
    }

    get difference() {
        const { difference } = this.props.quote;
        if (!difference) {
            return _t("The price stays the same.");
        }
        const amount = this.money(Math.abs(difference));
        return difference > 0 ? _t("%s more", amount) : _t("%s less", amount);
    }

    async move(isPriceKept) {
        this.state.isBusy = true;
        await this.props.onMove(isPriceKept);
        this.props.close();
    }
}
