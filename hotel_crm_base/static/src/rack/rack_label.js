import { Component } from "@odoo/owl";

/** What a row of the rack is: a type or a floor that folds, a room and how ready it is. */
export class RackLabel extends Component {
    static template = "hotel_crm_base.RackLabel";
    static props = { row: Object, roomStates: Object, onFold: Function };

    get row() {
        return this.props.row;
    }

    get roomState() {
        return this.props.roomStates[this.row.state] || "";
    }
}
