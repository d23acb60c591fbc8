import { Component } from "@odoo/owl";
import { formatCurrency } from "@web/core/currency";
import { deserializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

/** Room types with their prices, to choose one. */
export class OfferList extends Component {
    static template = "hotel_crm_base.OfferList";
    static props = {
        answer: Object, // of hotel.desk.booking search_offers
        chosen: { type: [Object, { value: null }] },
        onChoose: Function,
    };

    money(amount) {
        return formatCurrency(amount, this.props.answer.currency_id);
    }

    isChosen(type, offer) {
        const { chosen } = this.props;
        return Boolean(chosen) && chosen.room_type_id === type.room_type_id && chosen.rate_plan_id === offer.rate_plan_id;
    }

    freeText(type) {
        return type.free === 1 ? _t("1 room left") : _t("%s rooms left", type.free);
    }

    /** Prices per night, where they differ. */
    nightsText(offer) {
        const prices = new Set(offer.nights.map(([_date, price]) => price));
        if (prices.size < 2) {
            return offer.nights.length ? _t("%s per night", this.money(offer.nights[0][1])) : "";
        }
        const day = (iso) => deserializeDate(iso).toLocaleString({ month: "short", day: "numeric" });
        return offer.nights.map(([date, price]) => `${day(date)} ${this.money(price)}`).join(" · ");
    }

    taxText(offer) {
        const taxes = offer.taxes.map(([name, amount]) => `${name} ${this.money(amount)}`).join(", ");
        return taxes && _t("includes %s", taxes);
    }

    choose(type, offer) {
        this.props.onChoose({ ...offer, room_type_id: type.room_type_id, type: type.name });
    }
}
