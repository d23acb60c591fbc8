import { Component, onWillStart, useState } from "@odoo/owl";
import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { Dialog } from "@web/core/dialog/dialog";
import { deserializeDate, serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { uuid } from "@web/core/utils/strings";
import { useDebounced } from "@web/core/utils/timing";
import { GuestBox } from "./guest_box";
import { LEVELS } from "./guest_line";
import { NewGuestDialog } from "./new_guest_dialog";
import { OfferList } from "./offer_list";

const [BOOKING, DELAY] = ["hotel.desk.booking", 250]; // ms after the last change

/** The small dialog for a new booking: guest, dates and persons; then an offer; then it is booked. */
export class BookingDialog extends Component {
    static template = "hotel_crm_base.BookingDialog";
    static components = { DateTimeInput, Dialog, GuestBox, OfferList };
    static props = {
        close: Function,
        propertyId: Number,
        wish: Object, // arrival_date, departure_date, room_type_id, room_id, room (its number)
        guest: { type: Object, optional: true }, // id, name
        countryId: { type: [Number, Boolean], optional: true },
        canCheckIn: { type: Boolean, optional: true },
        onDone: Function, // what was booked, and whether the guest is to be checked in
    };
    static defaultProps = { countryId: false, canCheckIn: false };

    setup() {
        [this.orm, this.dialog] = [useService("orm"), useService("dialog")];
        this.keepLast = new KeepLast();
        this.state = useState({
            wish: { adults: 1, children: 0, infants: 0, note: "", is_held: false, ...this.props.wish },
            guest: this.props.guest || null,
            text: "",
            answer: null,
            offer: null,
            problem: "",
            isBusy: false,
        });
        this.today = this.props.wish.arrival_date;
        this.state.wish.channel = this.props.canCheckIn ? "walk_in" : "phone";
        this.searchSoon = useDebounced(() => this.search(), DELAY);
        onWillStart(() => this.search());
    }

    channels = [["walk_in", _t("Walk-in")], ["phone", _t("Phone")], ["direct", _t("Direct")]];
    persons = [["adults", _t("Adults")], ["children", _t("Children")], ["infants", _t("Infants")]];

    get dates() {
        const { arrival_date: arrival, departure_date: departure } = this.state.wish;
        return { arrival: deserializeDate(arrival), departure: deserializeDate(departure) };
    }

    get nights() {
        const nights = this.dates.departure.diff(this.dates.arrival, "days").days;
        return nights === 1 ? _t("1 night") : _t("%s nights", nights);
    }

    get canBook() {
        return this.state.guest && this.state.offer && !this.state.isBusy;
    }

    get canCheckIn() {
        return this.props.canCheckIn && this.state.wish.arrival_date === this.today && !this.state.wish.is_held;
    }

    get flags() {
        const flags = this.state.guest.flags || [];
        return flags.map(([level, text], id) => ({ id, text, badge: LEVELS[level] || LEVELS.info }));
    }

    set(name, value) {
        this.state.wish[name] = value;
        this.searchSoon();
    }

    /** Another date; the departure stays behind the arrival. */
    setDate(name, date) {
        if (date) {
            const { arrival, departure } = this.dates;
            const nights = Math.max(1, departure.diff(arrival, "days").days);
            this.state.wish[name] = serializeDate(date);
            if (this.dates.departure <= this.dates.arrival) {
                const isArrival = name === "arrival_date";
                const other = isArrival ? date.plus({ days: nights }) : date.minus({ days: 1 });
                this.state.wish[isArrival ? "departure_date" : "arrival_date"] = serializeDate(other);
            }
            this.searchSoon();
        }
    }

    async setGuest(id, guest) {
        if (!guest) {
            [guest] = await this.orm.read("res.partner", [id], ["name"]);
        }
        this.state.guest = { ...guest, id };
        await this.search();
    }

    register(text) {
        const { countryId } = this.props;
        this.dialog.add(NewGuestDialog, { text, countryId, onOpen: (id) => this.setGuest(id) });
    }

    choose(offer) {
        // another offer is another request
        Object.assign(this.state, { offer, key: uuid(), problem: "" });
    }

    /** Ask what there is; what was chosen stays chosen where it still is there. */
    async search() {
        const wish = { ...this.state.wish, guest_id: this.state.guest?.id || false };
        const question = this.orm.silent
            .call(BOOKING, "search_offers", [this.props.propertyId, wish])
            .then((answer) => ({ answer, problem: "" }))
            .catch((error) => ({ answer: null, problem: error.data?.message || error.message }));
        Object.assign(this.state, await this.keepLast.add(question));
        const offers = (this.state.answer?.types || []).flatMap(({ room_type_id, name, offers }) =>
            offers.map((offer) => ({ ...offer, room_type_id, type: name }))
        );
        const { offer, wish: { room_type_id: typeId } } = this.state;
        const same = (other) => offer && other.room_type_id === offer.room_type_id && other.rate_plan_id === offer.rate_plan_id;
        this.choose(offers.find(same) || offers.find((other) => other.room_type_id === typeId) || null);
    }

    async book(isCheckedIn) {
        if (!this.canBook) {
            return;
        }
        this.state.isBusy = true;
        const { wish, guest, offer, key } = this.state;
        const { room_type_id, rate_plan_id, total: expected_total } = offer;
        const room_id = room_type_id === this.props.wish.room_type_id && wish.room_id;
        const terms = { ...wish, room_id, room_type_id, rate_plan_id, expected_total, guest_id: guest.id, key };
        try {
            const booked = await this.orm.silent.call(BOOKING, "book", [this.props.propertyId, terms]);
            this.props.close();
            this.props.onDone(booked, isCheckedIn);
        } catch (error) {
            await this.search(); // what there is now, and at which price
            this.state.problem = error.data?.message || error.message;
        } finally {
            this.state.isBusy = false;
        }
    }
}
