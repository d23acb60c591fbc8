import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const LEVELS = {
    danger: { badge: "text-bg-danger", icon: "fa-ban" },
    warning: { badge: "text-bg-warning", icon: "fa-exclamation-triangle" },
    info: { badge: "text-bg-info", icon: "fa-star" },
};

/** What everybody who meets a guest must see first: a list of [level, text]. */
export class HotelFlagsField extends Component {
    static template = "hotel_crm_base.HotelFlagsField";
    static props = { ...standardFieldProps };

    get flags() {
        return (this.props.record.data[this.props.name] || []).map(([level, text], index) => ({
            id: index,
            text,
            ...(LEVELS[level] || LEVELS.info),
        }));
    }
}

export const hotelFlagsField = {
    component: HotelFlagsField,
    displayName: _t("Flags of a guest"),
    supportedTypes: ["json"],
    isEmpty: (record, name) => !(record.data[name] || []).length,
};

registry.category("fields").add("hotel_flags", hotelFlagsField);
