import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { since } from "./clock";

const REFRESH = 5_000; // ms

/** The supervisor's board: who waits, who talks, and how the day goes. */
export class CallBoard extends Component {
    static template = "hotel_crm_callcenter.CallBoard";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.pops = useService("hotel_call_pop");
        this.state = useState({ board: null, now: luxon.DateTime.now() });
        onWillStart(() => this.load());
        const stop = this.pops.listen?.(() => this.load());
        const refresh = browser.setInterval(() => this.load(), REFRESH);
        const tick = browser.setInterval(() => (this.state.now = luxon.DateTime.now()), 1000);
        onWillUnmount(() => {
            stop?.();
            browser.clearInterval(refresh);
            browser.clearInterval(tick);
        });
    }

    agentStates = {
        ready: [_t("Ready"), "text-bg-success"],
        busy: [_t("In a call"), "text-bg-danger"],
        wrap_up: [_t("Wrap-up"), "text-bg-warning"],
        pause: [_t("Break"), "text-bg-warning"],
        offline: [_t("Offline"), "text-bg-secondary"],
    };
    callStates = { ringing: _t("Rings"), menu: _t("In the menu"), waiting: _t("Waiting"), talking: _t("Talking") };

    get figures() {
        const { today } = this.state.board;
        return [
            ["calls", _t("Calls in 24 hours"), today.calls],
            ["answered", _t("Answered"), today.answered],
            ["abandoned", _t("Abandoned"), today.abandoned],
            ["self_service", _t("Served by the menu"), today.self_service],
            ["in_time", _t("Answered in time"), `${today.in_time_percent} %`],
            ["wait", _t("Average wait"), _t("%s s", today.wait_s)],
            ["talk", _t("Average talk"), _t("%s s", today.talk_s)],
            ["due", _t("Calls to make"), this.state.board.due],
        ];
    }

    get awayText() {
        return _t("The bridge is away: %s", this.state.board.away.join(", "));
    }

    since(time) {
        return since(time, this.state.now);
    }

    wait(seconds) {
        return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }

    async load() {
        this.state.board = await this.orm.silent.call("hotel.call.board", "get_board");
    }
}

registry.category("actions").add("hotel_crm_callcenter.board", CallBoard);
