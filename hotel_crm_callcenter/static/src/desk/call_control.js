import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

const DESK = "hotel.call.desk";

/** To whom a call is passed on: a colleague, a queue, a telephone of the house. */
export class TransferDialog extends Component {
    static template = "hotel_crm_callcenter.TransferDialog";
    static components = { Dialog };
    static props = { callId: Number, onPass: Function, close: Function };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ agents: [], queues: [], extension: "" });
        onWillStart(async () => Object.assign(this.state, await this.orm.call(DESK, "get_targets", [this.props.callId])));
    }

    agentStates = { ready: _t("Ready"), busy: _t("In a call"), wrap_up: _t("Wrap-up"), pause: _t("Break") };

    get isExtension() {
        return /^[0-9*#]{1,6}$/.test(this.state.extension);
    }

    pass(target) {
        this.props.close();
        this.props.onPass(target);
    }
}

/** What an agent does with the call in which he or she talks; the bridge does it within a second or so. */
export class CallControl extends Component {
    static template = "hotel_crm_callcenter.CallControl";
    static props = { call: Object, onDone: Function };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
    }

    get isWaiting() {
        return this.props.call.command?.state === "open";
    }

    get problem() {
        return this.props.call.command?.state === "failed" && _t("The exchange has not done it. Please use the telephone.");
    }

    async ask(kind, target) {
        await this.orm.call(DESK, "control", [this.props.call.id, kind, target || {}]);
        await this.props.onDone();
    }

    transfer() {
        this.dialog.add(TransferDialog, { callId: this.props.call.id, onPass: (target) => this.ask("transfer", target) });
    }
}
