import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { formatCurrency } from "@web/core/currency";
import { deserializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { GuestBox } from "../front_desk/guest_box";
import { NewGuestDialog } from "../front_desk/new_guest_dialog";
import { BillForm } from "./bill_form";
import { BillList } from "./bill_list";
import { GuestCard } from "./guest_card";
import { ReverseDialog } from "./reverse_dialog";

const [DESK, REFRESH, LAST] = ["hotel.outlet.desk", 60_000, "hotel_crm_base.outlet"];

/** What a restaurant or a bar has open all evening: the guest, the bill, and the bills of the day. */
export class Outlet extends Component {
    static template = "hotel_crm_base.Outlet";
    static components = { BillForm, BillList, GuestBox, GuestCard, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.keepLast = new KeepLast();
        this.display = { controlPanel: {} };
        this.state = useState({ setup: null, outletId: false, day: null, guest: null, text: "", isAsking: false, tab: "bill", isOld: false });
        onWillStart(async () => {
            this.state.setup = await this.orm.call(DESK, "get_setup");
            const last = Number(browser.localStorage.getItem(LAST));
            const isKnown = this.state.setup.outlets.some(({ id }) => id === last);
            this.state.outletId = isKnown ? last : this.state.setup.outlet_id;
            await this.load();
        });
        const timer = browser.setInterval(() => this.refresh(), REFRESH);
        onWillUnmount(() => browser.clearInterval(timer));
    }

    get outlet() {
        return this.state.setup.outlets.find(({ id }) => id === this.state.outletId);
    }

    get dayText() {
        const { day } = this.state;
        return deserializeDate(day.business_date).toLocaleString({ weekday: "short", month: "short", day: "numeric" });
    }

    get facts() {
        const { day } = this.state;
        const money = (amount) => formatCurrency(amount, day.currency_id);
        return [
            { id: "count", name: _t("Bills"), value: day.count },
            { id: "covers", name: _t("Covers"), value: day.covers },
            { id: "room", name: _t("To rooms"), value: money(day.total_room) },
            { id: "paid", name: _t("Paid"), value: money(day.total_paid) },
        ];
    }

    async load() {
        if (this.state.outletId) {
            const call = this.orm.silent.call(DESK, "get_day", [this.state.outletId]);
            Object.assign(this.state, { day: await this.keepLast.add(call), isOld: false });
        }
    }

    /** Load again without disturbing: a lost connection is shown as an old list, not as an error. */
    async refresh() {
        if (!document.hidden) {
            await this.load().catch(() => (this.state.isOld = true));
        }
    }

    async choose(outletId) {
        Object.assign(this.state, { outletId, guest: null });
        browser.localStorage.setItem(LAST, outletId);
        await this.load();
    }

    async openGuest(guestId) {
        this.state.guest = await this.orm.call(DESK, "get_guest", [this.state.outletId, guestId]);
        Object.assign(this.state, { text: "", isAsking: false, tab: "bill" });
    }

    register(text) {
        this.dialog.add(NewGuestDialog, { text, countryId: false, onOpen: (id) => this.openGuest(id) });
    }

    /** Post a bill; what is wrong with it is thrown, for the form to show. */
    async post(bill) {
        const row = await this.orm.silent.call(DESK, "post_bill", [this.state.outletId, bill]);
        const amount = formatCurrency(row.amount, this.state.day.currency_id);
        const place = row.settlement === "room" ? _t("Room %s", row.room) : _t("Paid");
        this.notification.add([place, row.name, amount].filter(Boolean).join(" · "), { type: "success" });
        this.state.guest = null;
        await this.load();
    }

    reverse(row) {
        this.dialog.add(ReverseDialog, {
            row,
            amount: formatCurrency(row.amount, this.state.day.currency_id),
            onReverse: async (reason) => {
                await this.orm.silent.call(DESK, "reverse_bill", [row.id, reason]);
                await this.load();
            },
        });
    }
}

registry.category("actions").add("hotel_crm_base.outlet", Outlet);
