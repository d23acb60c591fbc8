import { Component } from "@odoo/owl";
import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { deserializeDate, serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

/** What is above the rack: which days, how far, which rooms. */
export class RackTools extends Component {
    static template = "hotel_crm_base.RackTools";
    static components = { DateTimeInput };
    static props = {
        rack: Object,
        view: Object,
        setup: Object,
        isLoading: Boolean,
        onShow: Function,
        onBook: Function,
        onAssign: Function,
    };

    get date() {
        return deserializeDate(this.props.rack.start);
    }

    get zooms() {
        return [14, 30, 60].map((days) => ({ days, text: _t("%s days", days) }));
    }

    /** Lists to choose from, those that tell anything apart. */
    get filters() {
        const { rack, view, setup } = this.props;
        const toChoices = (things) => things.map(({ id, name }) => [id, name]);
        const states = setup.states.filter(([code]) => ["held", "booked", "in_house", "departed"].includes(code));
        const lists = [
            { name: "typeId", all: _t("All types"), choices: toChoices(rack.types) },
            { name: "floorId", all: _t("All floors"), choices: toChoices(rack.floors) },
            { name: "state", all: _t("All stays"), choices: states },
            { name: "roomState", all: _t("All rooms"), choices: setup.room_states },
        ];
        const used = view.by === "types" ? lists.slice(0, 1) : lists;
        return used.filter(({ choices }) => choices.length > 1).map((list) => ({ ...list, value: view[list.name] }));
    }

    goTo(date) {
        this.props.onShow({ start: date ? serializeDate(date) : false });
    }

    step(days) {
        this.goTo(this.date.plus({ days }));
    }

    filter(name, value) {
        this.props.onShow({ [name]: name.endsWith("Id") ? Number(value) : value });
    }
}
