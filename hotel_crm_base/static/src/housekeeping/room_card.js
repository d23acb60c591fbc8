import { Component, useState } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

/** One room on the list of housekeeping: what happens in it, how clean it is, and what to do. */
export class RoomCard extends Component {
    static template = "hotel_crm_base.RoomCard";
    static props = { room: Object, canWrite: Boolean, setState: Function, setNote: Function, close: Function };

    setup() {
        this.state = useState({ form: "", text: "", days: 1 });
    }

    get uses() {
        const texts = {
            arrival: [_t("Arrival"), "fa-sign-in text-primary"],
            departure: [_t("Departure"), "fa-sign-out text-danger"],
            stay_over: [_t("Stayover"), "fa-bed text-success"],
            vacant: [_t("Vacant"), "fa-circle-o text-muted"],
        };
        return this.props.room.use.map((name) => ({ name, text: texts[name][0], icon: texts[name][1] }));
    }

    get stateText() {
        return { dirty: _t("Dirty"), clean: _t("Clean"), inspected: _t("Inspected") }[this.props.room.state];
    }

    get buttons() {
        const texts = [
            ["dirty", _t("Dirty"), "fa-tint"],
            ["clean", _t("Clean"), "fa-check"],
            ["inspected", _t("Inspected"), "fa-star"],
        ];
        return texts.map(([name, text, icon]) => ({ name, text, icon, isNow: name === this.props.room.state }));
    }

    get sinceText() {
        const { state, since } = this.props.room;
        if (state !== "dirty" || !since) {
            return "";
        }
        const form = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" };
        return deserializeDateTime(since).toLocaleString(form);
    }

    get placeholder() {
        return this.state.form === "close" ? _t("What is wrong?") : _t("Note for colleagues");
    }

    open(form) {
        const text = form === "note" ? this.props.room.note : "";
        Object.assign(this.state, { form: this.state.form === form ? "" : form, text, days: 1 });
    }

    async save() {
        const { form, text, days } = this.state;
        const done = form === "note" ? this.props.setNote(text) : this.props.close(text, Number(days));
        if (await done) {
            this.state.form = "";
        }
    }
}
