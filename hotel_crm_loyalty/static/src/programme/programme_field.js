import { Component, onWillStart, onWillUnmount, useEffect, useRef, useState, useSubEnv } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { toSteps } from "@hotel_crm_loyalty/programme/programme_paths";
import { ProgrammeRecord } from "@hotel_crm_loyalty/programme/programme_record";
import { ProgrammeSchema } from "@hotel_crm_loyalty/programme/programme_schema";
import { ProgrammeStore } from "@hotel_crm_loyalty/programme/programme_store";

const PAUSE = 400;

/** The editor of a programme's rules: its form follows from what the rules say of their records. */
export class ProgrammeField extends Component {
    static template = "hotel_crm_loyalty.ProgrammeField";
    static components = { ProgrammeRecord };
    static props = { ...standardFieldProps };

    /** The record that a programme begins with. */
    topRecord = "Programme";

    setup() {
        this.orm = useService("orm");
        this.root = useRef("root");
        this.store = new ProgrammeStore(null, () => this.onChange());
        this.state = useState(this.store.state);
        useSubEnv({ programme: this.store, focusProgramme: (selector) => (this.wanted = selector) });
        onWillStart(async () => {
            const schema = await this.orm.cache().call("hotel.loyalty.revision", "get_editor_schema", []);
            this.store.schema = new ProgrammeSchema(schema, this.language);
        });
        useRecordObserver((record) => this.load(record));
        useEffect(() => this.giveFocus());
        const { bus } = this.props.record.model;
        useBus(bus, "WILL_SAVE_URGENTLY", () => this.commit());
        useBus(bus, "NEED_LOCAL_CHANGES", ({ detail }) => detail.proms.push(this.commit()));
        onWillUnmount(() => clearTimeout(this.timer));
    }

    get language() {
        return user.lang.startsWith("en") ? "en" : user.lang.replace("-", "_");
    }

    /** Take over what the record holds, but for what was just sent there. */
    load(record) {
        const content = record.data[this.props.name] || {};
        this.state.isReadonly = this.props.readonly;
        if (content === this.sent) {
            return;
        }
        this.sent = content;
        this.isDirty = false;
        this.state.content = content;
        if (record.resId !== this.resId || !this.isOpened) {
            this.resId = record.resId;
            this.openFirst(content);
        }
        this.check();
    }

    openFirst(content) {
        this.isOpened = true;
        const count = Array.isArray(content.versions) ? content.versions.length : 0;
        this.state.open = count ? { [`versions[${count - 1}]`]: true } : {};
    }

    onChange() {
        this.isDirty = true;
        this.props.record.model.bus.trigger("FIELD_IS_DIRTY", true);
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.commit().then(() => this.check()), PAUSE);
    }

    async commit() {
        if (this.isDirty && !this.props.readonly) {
            this.isDirty = false;
            this.sent = JSON.parse(JSON.stringify(this.store.content));
            await this.props.record.update({ [this.props.name]: this.sent });
            this.sent = this.props.record.data[this.props.name];
            this.props.record.model.bus.trigger("FIELD_IS_DIRTY", false);
        }
    }

    /** Ask what is wrong; an answer that came too late is not listened to. */
    async check() {
        const turn = (this.turn = (this.turn || 0) + 1);
        const problems = await this.orm.silent.call("hotel.loyalty.revision", "check_content", [this.store.content]);
        if (turn === this.turn) {
            this.state.problems = problems;
        }
    }

    where(problem) {
        return this.store.schema.labels(this.state.content, toSteps(problem.path)).join(" › ");
    }

    show(problem) {
        this.store.reveal(problem.path);
        this.wanted = `[data-path="${problem.path}"]`;
        this.state.open = { ...this.state.open };
    }

    /** The keyboard goes where it is wanted, once that is there. */
    giveFocus() {
        const selector = this.wanted;
        this.wanted = null;
        const found = selector && this.root.el.querySelector(selector);
        if (!found) {
            return;
        }
        let target = found.matches("button") ? found : found.querySelector("input, select, button") || found;
        if (target.disabled) {
            // what has moved to the end cannot move on: its name has the focus then
            const item = found.closest("[data-item]");
            target = (item && item.querySelector("[data-do=toggle]")) || found;
        }
        target.scrollIntoView({ block: "center" });
        target.focus();
    }
}

export const programmeField = {
    component: ProgrammeField,
    displayName: _t("Rules of a loyalty programme"),
    supportedTypes: ["json"],
};

registry.category("fields").add("hotel_programme", programmeField);
