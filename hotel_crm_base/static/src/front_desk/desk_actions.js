import { deserializeDate, serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { BookingDialog } from "./booking_dialog";

const DESK = "hotel.front.desk";

/** What the desk does from its lists: book, check in and out, give rooms. */
export class DeskActions {
    constructor(desk) {
        this.desk = desk;
    }

    /** A new booking from today on, for a walk-in or somebody on the phone. */
    book() {
        const { day, setup } = this.desk.state;
        const arrival = day.business_date;
        const departure = serializeDate(deserializeDate(arrival).plus({ days: 1 }));
        const hotel = setup.properties.find(({ id }) => id === this.desk.propertyId);
        this.desk.dialog.add(BookingDialog, {
            propertyId: this.desk.propertyId,
            countryId: hotel?.country_id || false,
            canCheckIn: setup.can_move,
            wish: { arrival_date: arrival, departure_date: departure, room_type_id: false, room_id: false, room: "" },
            onDone: (booked, isCheckedIn) => this.finish(booked, isCheckedIn),
        });
    }

    /** What another addon does from this screen. */
    useTool({ action }) {
        const additionalContext = { default_property_id: this.desk.propertyId };
        return this.desk.action.doAction(action, { additionalContext, onClose: () => this.desk.load() });
    }

    async finish(booked, isCheckedIn) {
        this.desk.notification.add(_t("Booked: %s", booked.name), { type: "success" });
        await this.desk.load();
        if (isCheckedIn) {
            await this.checkIn(booked.stay_id);
        }
    }

    checkIn(stayId) {
        return this.open("check_in", stayId, _t("Checked in"));
    }

    checkOut(stayId) {
        return this.open("check_out", stayId, _t("Checked out"));
    }

    /** Let the server do it, or say what is to be filled in first. */
    async open(method, stayId, doneText) {
        const action = await this.desk.orm.call(DESK, method, [stayId]);
        if (action) {
            await this.desk.action.doAction(action, { onClose: () => this.desk.load() });
        } else {
            this.desk.notification.add(doneText, { type: "success" });
        }
        await this.desk.load();
    }

    async assign(stayId) {
        const { message, left } = await this.desk.orm.call("hotel.room.rack", "assign_stay", [stayId]);
        this.desk.notification.add(message, { type: left ? "warning" : "success" });
        await this.desk.load();
    }
}
