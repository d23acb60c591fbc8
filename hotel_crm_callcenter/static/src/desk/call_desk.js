import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { BookingDialog } from "@hotel_crm_base/front_desk/booking_dialog";
import { GuestBox } from "@hotel_crm_base/front_desk/guest_box";
import { LEVELS } from "@hotel_crm_base/front_desk/guest_line";
import { NewGuestDialog } from "@hotel_crm_base/front_desk/new_guest_dialog";
import { browser } from "@web/core/browser/browser";
import { serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { CallControl } from "./call_control";
import { since } from "./clock";

const [DESK, REFRESH, TYPING] = ["hotel.call.desk", 15_000, 800]; // ms

/** What an agent has open all day: state, the call at hand with its guest, and who waits. */
export class CallDesk extends Component {
    static template = "hotel_crm_callcenter.CallDesk";
    static components = { CallControl, GuestBox, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.pops = useService("hotel_call_pop");
        this.state = useState({ setup: null, live: null, note: "", now: luxon.DateTime.now() });
        this.saveSoon = useDebounced(() => this.saveNote(), TYPING, { execBeforeUnmount: true });
        onWillStart(async () => {
            this.state.setup = await this.orm.call(DESK, "get_setup");
            await this.load();
        });
        const stop = this.pops.listen?.(() => this.load());
        const refresh = browser.setInterval(() => this.load(), REFRESH);
        const tick = browser.setInterval(() => (this.state.now = luxon.DateTime.now()), 1000);
        onWillUnmount(() => {
            stop?.();
            browser.clearInterval(refresh);
            browser.clearInterval(tick);
        });
    }

    states = [["ready", _t("Ready")], ["wrap_up", _t("Wrap-up")], ["pause", _t("Break")], ["offline", _t("Offline")]];

    get call() {
        return this.state.live.call;
    }

    get stateText() {
        return Object.fromEntries([...this.states, ["busy", _t("In a call")]])[this.state.live.state] || _t("No telephone");
    }

    get callText() {
        const texts = { ringing: _t("Rings"), talking: this.call.is_held ? _t("On hold") : _t("Talking") };
        return texts[this.call.leg_state] || _t("Wrap-up");
    }

    get flags() {
        return this.call.guest.flags.map(([level, text], id) => ({ id, text, badge: LEVELS[level] || LEVELS.info }));
    }

    since(time) {
        return since(time, this.state.now);
    }

    async load() {
        const live = await this.orm.silent.call(DESK, "get_live");
        const isOther = live.call?.id !== this.state.live?.call?.id;
        this.state.live = live;
        if (isOther) {
            this.state.note = live.call?.note || "";
        }
    }

    async setState(state) {
        await this.orm.call("hotel.call.agent", "set_state", [state]);
        await this.load();
    }

    save(values) {
        return this.orm.call(DESK, "save_call", [this.call.id, values]);
    }

    writeNote(text) {
        this.state.note = text;
        this.noted = this.call.id;
        this.saveSoon();
    }

    async saveNote() {
        if (this.noted) {
            const [id, note] = [this.noted, this.state.note];
            this.noted = false;
            await this.orm.silent.call(DESK, "save_call", [id, { note }]);
        }
    }

    async setResult(id) {
        await this.save({ result_id: id });
        await this.load();
    }

    async setGuest(id) {
        await this.save({ partner_id: id });
        await this.load();
    }

    register(text) {
        this.dialog.add(NewGuestDialog, { text: text || this.call.number, countryId: false, onOpen: (id) => this.setGuest(id) });
    }

    async openGuest() {
        await this.saveNote();
        this.action.doAction(await this.orm.call("res.partner", "hotel_open_guest", [[this.call.guest.id]]));
    }

    openCase(res_id) {
        this.action.doAction({ type: "ir.actions.act_window", res_model: "hotel.case", res_id, views: [[false, "form"]] });
    }

    async newCase() {
        await this.saveNote();
        const action = await this.orm.call(DESK, "make_case", [this.call.id]);
        this.action.doAction(action, { onClose: () => this.load() });
    }

    book() {
        const today = luxon.DateTime.now();
        const [arrival_date, departure_date] = [today, today.plus({ days: 1 })].map(serializeDate);
        this.dialog.add(BookingDialog, {
            propertyId: this.call.property_id,
            guest: this.call.guest ? { id: this.call.guest.id, name: this.call.guest.name } : undefined,
            wish: { arrival_date, departure_date, room_type_id: false, room_id: false, room: "" },
            onDone: async (booked) => {
                this.notification.add(_t("Booked: %s", booked.name), { type: "success" });
                await this.save({ stay_id: booked.stay_id });
            },
        });
    }

    openJobs() {
        this.action.doAction("hotel_crm_callcenter.hotel_call_job_action");
    }
}

registry.category("actions").add("hotel_crm_callcenter.desk", CallDesk);
