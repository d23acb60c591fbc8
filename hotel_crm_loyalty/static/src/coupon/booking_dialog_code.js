import { BookingDialog } from "@hotel_crm_base/front_desk/booking_dialog";
import { formatCurrency } from "@web/core/currency";
import { patch } from "@web/core/utils/patch";

/** A coupon or a promotion in the dialog for a new booking: what it takes off is shown before it is booked. */
patch(BookingDialog.prototype, {
    setup() {
        super.setup();
        this.state.wish.code = "";
        this.state.quote = null;
    },

    choose(offer) {
        super.choose(offer);
        this.state.quote = null;
        if (this.state.wish.code) {
            this.quoteCode();
        }
    },

    setCode(code) {
        Object.assign(this.state.wish, { code: code.trim() });
        Object.assign(this.state, { quote: null });
    },

    money(amount) {
        return formatCurrency(amount, this.state.answer.currency_id);
    },

    async quoteCode() {
        const { wish, guest, offer, key } = this.state;
        if (!wish.code || !offer || !guest) {
            return;
        }
        const { room_type_id, rate_plan_id, total: expected_total } = offer;
        const terms = { ...wish, room_id: false, room_type_id, rate_plan_id, expected_total, guest_id: guest.id, key };
        let quote;
        try {
            quote = await this.orm.silent.call("hotel.desk.booking", "quote_code", [this.props.propertyId, terms]);
        } catch (error) {
            quote = { lines: [], total: expected_total, problem: error.data?.message || error.message };
        }
        // an answer about another offer or code comes too late
        if (this.state.offer === offer && this.state.wish.code === wish.code) {
            this.state.quote = quote;
        }
    },
});
