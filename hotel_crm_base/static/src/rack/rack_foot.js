import { Component } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { LEVELS } from "../front_desk/guest_line";
import { toIso } from "./geometry";

/** Below the rack: the stay that is marked, else what the colours mean. */
export class RackFoot extends Component {
    static template = "hotel_crm_base.RackFoot";
    static props = {
        bar: { type: Object, optional: true },
        rack: Object,
        states: Array,
        canWrite: Boolean,
        onOpen: Function,
        onAssign: Function,
    };

    get legend() {
        const drawn = ["held", "booked", "in_house", "departed"];
        return this.props.states.filter(([code]) => drawn.includes(code));
    }

    get facts() {
        const { bar, rack } = this.props;
        const day = (number) => formatDate(deserializeDate(toIso(number)));
        const state = this.props.states.find(([code]) => code === bar.state);
        return [
            rack.roomById.get(bar.roomId)?.name || _t("Without a room"),
            rack.typeById.get(bar.typeId)?.name,
            `${day(bar.from)} – ${day(bar.to)}`,
            bar.persons === 1 ? _t("1 person") : _t("%s persons", bar.persons),
            state?.[1],
        ].filter(Boolean).join(" · ");
    }

    get flags() {
        return this.props.bar.flags.map(([level, text], id) => ({ id, text, badge: LEVELS[level] || LEVELS.info }));
    }
}
