import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useAutofocus } from "@web/core/utils/hooks";

/** The question why a bill is taken back. */
export class ReverseDialog extends Component {
    static template = "hotel_crm_base.ReverseDialog";
    static components = { Dialog };
    static props = { close: Function, row: Object, amount: String, onReverse: Function };

    setup() {
        useAutofocus({ refName: "reason" });
        this.state = useState({ reason: "", problem: "", isBusy: false });
    }

    async reverse() {
        this.state.isBusy = true;
        try {
            await this.props.onReverse(this.state.reason);
            this.props.close();
        } catch (error) {
            this.state.problem = error.data?.message || error.message;
        } finally {
            this.state.isBusy = false;
        }
    }
}
