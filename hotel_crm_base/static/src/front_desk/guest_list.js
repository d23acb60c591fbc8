import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { GuestLine } from "./guest_line";

/** The guests found, and below them the way to register one who is not among them. */
export class GuestList extends Component {
    static template = "hotel_crm_base.GuestList";
    static components = { GuestLine };
    static props = {
        guests: Array,
        query: String, // what the guests were found by
        index: Number, // the option that Enter takes
        problem: String,
        hasRegister: Boolean,
        onChoose: Function,
    };

    get nobodyText() {
        return this.props.problem || _t("No guest found for “%s”.", this.props.query);
    }

    get registerText() {
        return _t("Register a new guest “%s”", this.props.query);
    }
}
