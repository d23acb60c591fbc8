import { Component, useState } from "@odoo/owl";
import { RackLabel } from "./rack_label";
import { RackRow } from "./rack_row";

/** The rows in sight: drawn anew while scrolling, without what stands around them. */
export class RackRows extends Component {
    static template = "hotel_crm_base.RackRows";
    static components = { RackLabel, RackRow };
    static props = {
        rack: Object,
        rows: Array, // all of them
        sight: Object, // RackWindow
        marked: { type: [Number, Boolean] }, // id of the stay that is marked
        canWrite: Boolean,
        roomStates: Object,
        onFold: Function,
    };

    setup() {
        this.place = useState(this.props.sight.place);
    }

    get shown() {
        return this.props.rows.slice(this.place.from, this.place.to);
    }

    numbersOf(row) {
        const isCounted = row.kind === "group" || row.kind === "type";
        return isCounted ? this.props.rack.numbers[row.typeId] : undefined;
    }

    markedIn(row) {
        const { marked } = this.props;
        return marked && row.bars?.some(({ id }) => id === marked) ? marked : false;
    }
}
