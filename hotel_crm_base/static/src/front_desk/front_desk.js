import { Component, onWillStart, onWillUnmount, useExternalListener, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { deserializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { DayList } from "./day_list";
import { GuestBox } from "./guest_box";
import { DeskActions } from "./desk_actions";
import { NewGuestDialog } from "./new_guest_dialog";

const REFRESH = 60_000; // ms
const DESK = "hotel.front.desk";

/** What a receptionist has open all day: the look-up box, and the business day of the property. */
export class FrontDesk extends Component {
    static template = "hotel_crm_base.FrontDesk";
    static components = { DayList, GuestBox, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.keepLast = new KeepLast();
        this.actions = new DeskActions(this);
        this.full = new Set();
        this.root = useRef("root");
        this.display = { controlPanel: {} };
        const { text = "", tab = "arrivals" } = this.props.state || {};
        this.state = useState({ text, tab, isAsking: false, setup: {}, day: null, isOld: false });
        useSetupAction({
            getLocalState: () => ({ text: this.state.text, tab: this.state.tab }),
        });
        useHotkey("alt+n", () => this.register(""), {
            bypassEditableProtection: true,
            isAvailable: () => Boolean(this.state.setup.can_register),
            withOverlay: () => this.root.el?.querySelector(".o_hotel_new_guest"),
        });
        useHotkey("alt+b", () => this.actions.book(), {
            bypassEditableProtection: true,
            isAvailable: () => Boolean(this.state.day && this.state.setup.can_book),
            withOverlay: () => this.root.el?.querySelector(".o_hotel_new_booking"),
        });
        onWillStart(async () => {
            this.state.setup = await this.orm.call(DESK, "get_setup");
            this.propertyId = this.state.setup.property_id;
            await this.load();
        });
        const timer = browser.setInterval(() => this.refresh(), REFRESH);
        onWillUnmount(() => browser.clearInterval(timer));
        useExternalListener(document, "visibilitychange", () => this.refresh());
    }

    get lists() {
        const { day } = this.state;
        const texts = {
            arrivals: [_t("Arrivals"), "fa-sign-in", _t("Nobody else arrives today.")],
            in_house: [_t("In House"), "fa-bed", _t("Nobody is in house.")],
            departures: [_t("Departures"), "fa-sign-out", _t("Nobody else leaves today.")],
        };
        const done = {
            arrivals: (count) => _t("%s arrived", count),
            departures: (count) => _t("%s left", count),
        };
        return Object.entries(texts).map(([name, [title, icon, empty]]) => ({
            name,
            title,
            icon,
            empty,
            ...day[name],
            doneText: day[name].done ? done[name](day[name].done) : "",
        }));
    }

    get dayText() {
        return deserializeDate(this.state.day.business_date).toLocaleString({
            weekday: "short",
            year: this.env.isSmall ? undefined : "numeric",
            month: "short",
            day: "numeric",
        });
    }

    async load() {
        if (this.propertyId) {
            const call = this.orm.silent.call(DESK, "get_day", [this.propertyId, [...this.full]]);
            this.state.day = await this.keepLast.add(call);
            this.state.isOld = false;
        }
    }

    /** Load again without disturbing: a lost connection is shown as an old list, not as an error. */
    async refresh() {
        if (!document.hidden) {
            await this.load().catch(() => (this.state.isOld = true));
        }
    }

    onText(text, isAsking) {
        Object.assign(this.state, { text, isAsking });
    }

    async onProperty(ev) {
        this.propertyId = Number(ev.target.value);
        this.full.clear();
        await Promise.all([this.load(), this.orm.call(DESK, "choose_property", [this.propertyId])]);
    }

    async showAll(name) {
        this.full.add(name);
        await this.load();
    }

    async openGuest(guestId) {
        const action = await this.orm.call("res.partner", "hotel_open_guest", [[guestId]]);
        await this.action.doAction(action);
    }

    async openStay(row) {
        await this.action.doAction(await this.orm.call(DESK, "open_stay", [row.id]));
    }

    openRow(row) {
        return row.partner_id ? this.openGuest(row.partner_id) : this.openStay(row);
    }

    register(text) {
        const hotel = this.state.setup.properties.find(({ id }) => id === this.propertyId);
        this.dialog.add(NewGuestDialog, {
            text: text || this.state.text,
            countryId: hotel?.country_id || false,
            onOpen: (guestId) => this.openGuest(guestId),
        });
    }

    /** From the box, the arrows lead into the lists. */
    enterLists() {
        const rows = [...this.root.el.querySelectorAll(".o_hotel_day_open")];
        rows.find((row) => row.getClientRects().length)?.focus();
    }
}

registry.category("actions").add("hotel_crm_base.front_desk", FrontDesk);
