import { Component, onWillStart, onWillUnmount, useEffect, useExternalListener, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useBus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { RoomCard } from "./room_card";

const REFRESH = 30_000; // ms, where the bus is silent or cut off
const GATHER = 300; // ms: many rooms change at once
const NOTICE = "hotel_crm_base.rooms_changed";
const HOUSE = "hotel.housekeeping";
const FILTERS = {
    all: () => true,
    dirty: (room) => room.state === "dirty",
    arrival: (room) => room.use.includes("arrival"),
    departure: (room) => room.use.includes("departure"),
};

/** What housekeeping has in its pocket: the rooms by floor, and a thumb to say how clean they are. */
export class Housekeeping extends Component {
    static template = "hotel_crm_base.Housekeeping";
    static components = { Layout, RoomCard };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.keepLast = new KeepLast();
        this.display = { controlPanel: {} };
        this.state = useState({ setup: {}, floors: [], filter: "all", isOld: false, propertyId: false });
        onWillStart(async () => {
            this.state.setup = await this.orm.call(HOUSE, "get_setup");
            this.state.propertyId = this.state.setup.property_id;
            await this.load();
        });
        this.listen();
        useExternalListener(document, "visibilitychange", () => this.refresh());
    }

    /** The bus says that rooms have changed, not how: what may be seen is asked for. */
    listen() {
        const bus = useService("bus_service");
        const refresh = useDebounced(() => this.refresh(), GATHER);
        bus.subscribe(NOTICE, refresh);
        useBus(bus, "BUS:RECONNECT", refresh);
        useEffect(
            (channel) => {
                bus.addChannel(channel);
                return () => bus.deleteChannel(channel);
            },
            () => [`hotel_rooms_${this.state.propertyId}`]
        );
        const timer = browser.setInterval(() => this.refresh(), REFRESH);
        onWillUnmount(() => {
            bus.unsubscribe(NOTICE, refresh);
            browser.clearInterval(timer);
        });
    }

    get filters() {
        const texts = {
            all: _t("All"),
            dirty: _t("Dirty"),
            arrival: _t("Arrivals"),
            departure: _t("Departures"),
        };
        const rooms = this.state.floors.flatMap((floor) => floor.rooms);
        return Object.entries(texts).map(([name, text]) => ({
            name,
            text,
            count: rooms.filter(FILTERS[name]).length,
            isNow: this.state.filter === name,
        }));
    }

    get floors() {
        const shown = this.state.floors.map((floor) => ({
            ...floor,
            rooms: floor.rooms.filter(FILTERS[this.state.filter]),
        }));
        return shown.filter((floor) => floor.rooms.length);
    }

    async load() {
        if (this.state.propertyId) {
            const call = this.orm.silent.call(HOUSE, "get_rooms", [this.state.propertyId]);
            this.state.floors = (await this.keepLast.add(call)).floors;
            this.state.isOld = false;
        }
    }

    /** Load again without disturbing: a lost connection is shown as an old list, not as an error. */
    async refresh() {
        if (!document.hidden) {
            await this.load().catch(() => (this.state.isOld = true));
        }
    }

    async onProperty(ev) {
        this.state.propertyId = Number(ev.target.value);
        await this.load();
    }

    async setState(room, state) {
        const answer = await this.orm.call(HOUSE, "set_state", [room.id, state, room.state]);
        if (answer.is_late) {
            this.notification.add(_t("Somebody else was quicker: please look at room %s again.", room.name), {
                type: "warning",
            });
        }
        await this.load();
    }

    async setNote(room, note) {
        await this.orm.call(HOUSE, "set_note", [room.id, note]);
        await this.load();
        return true;
    }

    async close(room, reason, days) {
        await this.orm.call(HOUSE, "report_out_of_order", [room.id, reason, days]);
        await this.load();
        return true;
    }
}

registry.category("actions").add("hotel_crm_base.housekeeping", Housekeeping);
