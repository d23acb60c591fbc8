import { Component, useRef, useState } from "@odoo/owl";
import { getCurrency } from "@web/core/currency";
import { parseFloat } from "@web/views/fields/parsers";
import { _t } from "@web/core/l10n/translation";
import { uuid } from "@web/core/utils/strings";

/** The form of one bill. Sent twice, it is posted once: each form has its key. */
export class BillForm extends Component {
    static template = "hotel_crm_base.BillForm";
    static props = {
        guest: { type: Object, optional: true },
        kinds: Array,
        kind: String,
        currencyId: Number,
        onPost: Function,
    };

    setup() {
        this.root = useRef("root");
        this.state = useState({ problem: "", isBusy: false, bill: this.makeBill() });
    }

    /** A guest in house is asked for the room first; everybody else pays. */
    makeBill() {
        const { guest, kind } = this.props;
        return {
            settlement: guest && !guest.room ? "paid" : "room",
            room: guest?.room || "",
            guest_name: guest?.room ? guest.name : "",
            kind,
            description: "",
            amount: "",
            tax: "",
            covers: "",
            bill_ref: "",
            key: uuid(),
        };
    }

    get symbol() {
        return getCurrency(this.props.currencyId)?.symbol || "";
    }

    get settlements() {
        return [["room", _t("To the room"), "fa-bed"], ["paid", _t("Paid here"), "fa-credit-card"]];
    }

    get postText() {
        return this.state.bill.settlement === "room" ? _t("Post to the Room") : _t("Record as Paid");
    }

    set(name, value) {
        this.state.bill[name] = value;
        this.state.problem = "";
    }

    /** The bill as the server takes it. */
    read() {
        const { bill } = this.state;
        const amounts = Object.fromEntries(["amount", "tax"].map((name) => [name, bill[name] ? parseFloat(bill[name]) : 0]));
        return { ...bill, ...amounts, covers: Number(bill.covers) || 0, guest_id: this.props.guest?.id || false };
    }

    async post() {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            await this.props.onPost(this.read());
            Object.assign(this.state, { bill: this.makeBill(), problem: "" });
        } catch (error) {
            const isNumber = error.data || !/number/i.test(error.message || "");
            this.state.problem = isNumber ? error.data?.message || error.message : _t("This is not an amount: write it like 12.50.");
            this.root.el?.querySelector(".o_hotel_bill_problem")?.scrollIntoView({ block: "nearest" });
        } finally {
            this.state.isBusy = false;
        }
    }
}
