import { Component, onWillStart, useRef, useState, useEffect } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const FLOW = "hotel.voice.flow";

/** A telephone on the screen: the menu speaks, the keys answer. */
export class Simulator extends Component {
    static template = "hotel_crm_callcenter.Simulator";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.flowId = this.props.action.params?.flow_id || this.props.action.context?.active_id;
        this.list = useRef("list");
        this.state = useState({
            lines: [],
            digits: "",
            isOver: true,
            awaits: false,
            step: "",
            problem: "",
            settings: { opening: "open", caller: "other", is_staffed: true },
        });
        onWillStart(() => this.start());
        useEffect(
            () => {
                if (this.list.el) {
                    this.list.el.scrollTop = this.list.el.scrollHeight;
                }
            },
            () => [this.state.lines.length]
        );
    }

    keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
    openings = [["open", _t("Open")], ["closed", _t("Closed")], ["holiday", _t("Holiday")]];
    callers = [["other", _t("Unknown Caller")], ["known", _t("Known Guest")], ["vip", _t("VIP")]];

    start() {
        Object.assign(this.state, { lines: [], digits: "", isOver: false, problem: "" });
        this.memory = { node: "", lang: "", slots: {} };
        return this.send("start");
    }

    async send(kind, value = "") {
        const state = { ...this.memory, settings: { ...this.state.settings } };
        try {
            const answer = await this.orm.silent.call(FLOW, "simulate", [[this.flowId], state, kind, value]);
            this.memory = { node: answer.node, lang: answer.lang, slots: answer.slots };
            this.state.step = answer.step;
            this.state.awaits = false;
            answer.actions.forEach((action) => this.show(action));
        } catch (error) {
            Object.assign(this.state, { problem: error.data?.message || error.message, isOver: true });
        }
    }

    show({ say, play, gather, record, transfer, hangup }) {
        const add = (kind, text) => this.state.lines.push({ id: this.state.lines.length, kind, text });
        if (say) {
            add("say", say.text);
        } else if (play) {
            add("say", _t("(recording)"));
        } else if (gather) {
            this.most = gather.max;
            this.state.awaits = "digits";
        } else if (record) {
            this.state.awaits = "record";
        } else if (transfer) {
            add("note", _t("Rings a colleague"));
            this.state.awaits = "transfer";
        } else if (hangup) {
            add("note", _t("The call has ended"));
            this.state.isOver = true;
        }
    }

    press(key) {
        if (this.state.awaits !== "digits" || this.state.isOver) {
            return;
        }
        if (key !== "#") {
            this.state.digits += key;
        }
        if (key === "#" || this.state.digits.length >= this.most) {
            const value = this.state.digits || key;
            this.state.digits = "";
            this.state.lines.push({ id: this.state.lines.length, kind: "key", text: value });
            this.send("digits", value);
        }
    }

    tell(kind, text) {
        this.state.lines.push({ id: this.state.lines.length, kind: "key", text });
        this.send(kind);
    }

    get texts() {
        return { silent: _t("Says nothing"), spoken: _t("Leaves a message"), nobody: _t("Nobody answers") };
    }

    set(name, value) {
        this.state.settings[name] = value;
        return this.start();
    }
}

registry.category("actions").add("hotel_crm_callcenter.simulator", Simulator);
