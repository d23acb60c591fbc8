import { Component, markRaw, onMounted, onWillStart, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { BookingDialog } from "../front_desk/booking_dialog";
import { toIso } from "./geometry";
import { makeRows, readRack, sumNumbers } from "./rack_data";
import { RackDays } from "./rack_days";
import { RackDrag } from "./rack_drag";
import { RackFoot } from "./rack_foot";
import { RackKeys } from "./rack_keys";
import { RackMoves } from "./rack_moves";
import { RackRows } from "./rack_rows";
import { RackTools } from "./rack_tools";
import { RackWindow } from "./rack_window";

const [RACK, REFRESH] = ["hotel.room.rack", 120_000];
const VIEW = { by: "rooms", group: "type", typeId: 0, floorId: 0, state: "", roomState: "", closed: [] };
const SERVICES = ["orm", "action", "dialog", "notification"];

/** Rooms, or types, by days: who sleeps where, what is free, and moving it about. */
export class RoomRack extends Component {
    static template = "hotel_crm_base.RoomRack";
    static components = { Layout, RackDays, RackFoot, RackRows, RackTools };
    static props = { ...standardActionServiceProps };

    setup() {
        SERVICES.forEach((name) => (this[name] = useService(name)));
        this.keepLast = new KeepLast();
        this.display = { controlPanel: {} };
        this.scroll = useRef("scroll");
        const { wanted = { start: false, days: 14 }, view, top = 0 } = this.props.state || {};
        [this.wanted, this.view] = [wanted, { ...VIEW, ...view }];
        // the rack itself is large and replaced as a whole: nothing watches its inside
        this.state = useState({ setup: null, rack: null, layout: null, marked: false, cursor: null, isLoading: false });
        this.sight = new RackWindow();
        this.place = useState(this.sight.place);
        this.fold = (key) => {
            const others = this.view.closed.filter((each) => each !== key);
            const isClosed = others.length < this.view.closed.length;
            this.show({ closed: isClosed ? others : [...others, key] });
        };
        [this.moves, this.keys, this.drag] = [new RackMoves(this), new RackKeys(this), new RackDrag(this)];
        useSetupAction({
            getLocalState: () => ({ wanted: this.wanted, view: this.view, top: this.scroll.el?.scrollTop }),
        });
        onWillStart(async () => {
            this.state.setup = markRaw(await this.orm.call(RACK, "get_setup"));
            this.propertyId = this.state.setup.property_id;
            this.roomStates = Object.fromEntries(this.state.setup.room_states);
            await this.load();
        });
        onMounted(() => this.scroll.el && (this.scroll.el.scrollTop = top));
        useEffect((el) => el && this.sight.watch(el), () => [this.scroll.el]);
        const timer = browser.setInterval(() => this.refresh(), REFRESH);
        onWillUnmount(() => browser.clearInterval(timer));
    }

    get rows() {
        return this.state.layout.rows;
    }

    get markedBar() {
        const { marked, rack } = this.state;
        return marked ? rack.stayById.get(marked) : undefined;
    }

    async load() {
        if (!this.propertyId) {
            return;
        }
        const { start, days } = this.wanted;
        this.state.isLoading = true;
        try {
            const call = this.orm.silent.call(RACK, "get_rack", [this.propertyId, start, days, this.view.by]);
            this.state.rack = markRaw(readRack(await this.keepLast.add(call)));
            this.total = sumNumbers(this.state.rack);
            this.arrange();
        } finally {
            this.state.isLoading = false;
        }
    }

    /** Load again without disturbing; where the connection is lost, the next time will do. */
    refresh() {
        if (!document.hidden && !this.drag.isActive) {
            return this.load().catch(() => {});
        }
    }

    /** Make the rows anew, after loading or where something else is to be seen. */
    arrange() {
        this.state.layout = markRaw(makeRows(this.state.rack, this.view));
        this.state.cursor = null;
        this.sight.take(this.rows, this.state.rack.days);
    }

    /** Show something else: another property, other days, or other rooms. */
    async show({ propertyId, ...changes }) {
        for (const [name, value] of Object.entries(changes)) {
            (name in this.wanted ? this.wanted : this.view)[name] = value;
        }
        if (propertyId) {
            this.propertyId = propertyId;
            Object.assign(this.view, { typeId: 0, floorId: 0, closed: [] });
            this.orm.silent.call("hotel.front.desk", "choose_property", [propertyId]);
        }
        const isElsewhere = propertyId || ["start", "days", "by"].some((name) => name in changes);
        await (isElsewhere ? this.load() : this.arrange());
    }

    open(bar) {
        const isBooking = bar.reservationId && this.state.setup.can_book;
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: isBooking ? _t("Reservation") : _t("Stay"),
            res_model: isBooking ? "hotel.reservation" : "hotel.stay",
            res_id: isBooking ? bar.reservationId : bar.id,
            views: [[false, "form"]],
        });
    }

    /** Ask for a new booking of these nights in a room, or of a type. */
    book({ from, to }, { typeId = false, roomId = false, name = "" } = {}) {
        if (this.state.setup.can_book) {
            const dates = { arrival_date: toIso(from), departure_date: toIso(to) };
            const wish = { ...dates, room_type_id: typeId, room_id: roomId, room: roomId ? name : "" };
            const onDone = () => this.load();
            this.dialog.add(BookingDialog, { propertyId: this.propertyId, wish, onDone });
        }
    }
}

registry.category("actions").add("hotel_crm_base.room_rack", RoomRack);
