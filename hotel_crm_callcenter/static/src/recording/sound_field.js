import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** A player for the address of a sound; nothing is fetched before somebody presses play. */
export class SoundField extends Component {
    static template = "hotel_crm_callcenter.SoundField";
    static props = { ...standardFieldProps };

    get url() {
        return this.props.record.data[this.props.name];
    }
}

registry.category("fields").add("hotel_sound", {
    component: SoundField,
    displayName: _t("Sound"),
    supportedTypes: ["char"],
});
