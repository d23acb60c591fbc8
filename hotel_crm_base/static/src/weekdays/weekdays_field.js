import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const { Info } = luxon;

/** Weekdays as digits, 1 for Monday to 7 for Sunday; none is every day. */
export class HotelWeekdaysField extends Component {
    static template = "hotel_crm_base.HotelWeekdaysField";
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name] || "";
    }

    get days() {
        const long = Info.weekdays("long");
        return Info.weekdays("short").map((label, index) => ({
            digit: String(index + 1),
            label,
            title: long[index],
            isMeant: !this.value || this.value.includes(String(index + 1)),
        }));
    }

    /** The days meant, as a reader sees them; nothing for every day. */
    get text() {
        return this.value && this.days.filter((day) => day.isMeant).map((day) => day.label).join(", ");
    }

    /** The first click on "every day" leaves that day only; all seven are every day again. */
    async toggle(digit) {
        const digits = new Set(this.value);
        digits.has(digit) ? digits.delete(digit) : digits.add(digit);
        const text = [...digits].sort().join("");
        await this.props.record.update({ [this.props.name]: text.length === 7 || !text ? false : text });
    }
}

export const hotelWeekdaysField = {
    component: HotelWeekdaysField,
    displayName: _t("Weekdays"),
    supportedTypes: ["char"],
};

registry.category("fields").add("hotel_weekdays", hotelWeekdaysField);
