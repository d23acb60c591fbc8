import { Component, onWillStart } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { formatInteger } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const WIZARD = "hotel_crm_loyalty.hotel_loyalty_";
const ROLES = ["front_office", "service", "call_agent", "finance", "manager"];

/** Where a guest stands with the programmes, and what the desk does for a member. */
export class HotelMemberField extends Component {
    static template = "hotel_crm_loyalty.HotelMemberField";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
        onWillStart(async () => {
            const checks = ROLES.map((role) => user.hasGroup(`hotel_crm_base.group_${role}`));
            this.isClerk = (await Promise.all(checks)).some(Boolean);
        });
    }

    get cards() {
        return this.props.record.data[this.props.name] || [];
    }

    number(value) {
        return formatInteger(value);
    }

    signed(value) {
        return (value > 0 ? "+" : "") + formatInteger(value);
    }

    term(tier) {
        const [since, until] = [tier.since?.text, tier.until?.text];
        if (since && until) {
            return _t("since %(since)s, until %(until)s", { since, until });
        }
        return since ? _t("since %s", since) : "";
    }

    expiry(points) {
        const { day, points: lost } = points.next_expiry;
        return _t("%(points)s expire on %(day)s", { points: formatInteger(lost), day: day.text });
    }

    /** Open a form of the desk; the page is read again when it closes. */
    async open(name, context) {
        if (!(await this.props.record.save())) {
            return;
        }
        await this.action.doAction(`${WIZARD}${name}_action`, {
            additionalContext: context,
            onClose: () => this.props.record.load(),
        });
    }

    join() {
        return this.open("join", { default_partner_id: this.props.record.resId });
    }

    act(name, card) {
        return this.open(name, { default_card_id: card.id });
    }

    whatIf(card) {
        return this.open("what_if", {
            default_card_id: card.id,
            default_program_id: card.program_id,
        });
    }

    close(card) {
        return this.open("refusal", { default_res_model: "loyalty.card", default_res_id: card.id });
    }

    claim(card) {
        return this.open("claim_new", { default_card_id: card.id });
    }

    openMatter(matter) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: matter.model,
            res_id: matter.id,
            views: [[false, "form"]],
        });
    }
}

export const hotelMemberField = {
    component: HotelMemberField,
    displayName: _t("Membership of a guest"),
    supportedTypes: ["json"],
};

registry.category("fields").add("hotel_member", hotelMemberField);
