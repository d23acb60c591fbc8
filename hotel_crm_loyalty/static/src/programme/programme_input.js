import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { fromTyped, toText } from "@hotel_crm_loyalty/programme/programme_paths";
import { ProgrammeTags } from "@hotel_crm_loyalty/programme/programme_tags";
import { useProgramme } from "@hotel_crm_loyalty/programme/programme_store";

/** One field of a record that is no record itself: what is typed stays as typed, right or wrong. */
export class ProgrammeInput extends Component {
    static template = "hotel_crm_loyalty.ProgrammeInput";
    static components = { ProgrammeTags };
    static props = {
        column: Object,
        path: Array,
        value: { optional: true },
        isCompact: { type: Boolean, optional: true },
        choices: { type: Array, optional: true },
    };

    setup() {
        this.store = useProgramme();
        this.state = this.store.state;
    }

    get id() {
        return `programme_${toText(this.props.path)}`;
    }

    get column() {
        return this.props.column;
    }

    get problems() {
        return this.store.problemsAt(this.props.path);
    }

    get problemsWithin() {
        const text = toText(this.props.path);
        return this.state.problems.filter(({ path }) => path === text || path.startsWith(`${text}[`));
    }

    get isSet() {
        return this.props.value !== undefined && this.props.value !== null;
    }

    get shown() {
        return this.isSet ? this.props.value : this.column.default;
    }

    get typed() {
        return this.isSet ? String(this.props.value) : "";
    }

    get placeholder() {
        const value = this.column.default;
        return typeof value === "number" || typeof value === "string" ? String(value) : "";
    }

    /** How the value is put in. */
    get control() {
        const { type, choices, refers, suggests } = this.column;
        const found = this.isSet ? this.props.value : undefined;
        if (type === "many") {
            return choices.length ? "checks" : "tags";
        }
        if (type === "names" || type === "flag") {
            return found === undefined || typeof found === (type === "flag" ? "boolean" : "object") ? type : "text";
        }
        if (type === "date") {
            return found === undefined || /^\d{4}-\d\d-\d\d$/.test(found) ? "date" : "text";
        }
        if (choices.length || refers) {
            return "select";
        }
        return suggests ? "suggest" : "text";
    }

    /** Choices of a select; a value that is none of them is there too, or it would be lost. */
    get options() {
        const { choices, refers } = this.column;
        const path = this.props.path;
        const known = refers ? this.store.schema.referred(this.column, this.state.content, path) : choices;
        const options = known.map(([value, label]) => ({ value, label: label || value }));
        const value = this.shown;
        if (value !== null && value !== "" && !options.some((option) => option.value === value)) {
            options.unshift({ value: String(value), label: _t("%s (unknown)", String(value)) });
        }
        return options;
    }

    get hasBlank() {
        return this.shown === null || this.shown === undefined || this.column.default === null;
    }

    /** Codes that are offered where any text may stand. */
    get suggestions() {
        return this.props.choices || this.store.schema.referred(this.column, this.state.content, this.props.path);
    }

    get isWholeNumber() {
        return ["whole", "number"].includes(this.column.type);
    }

    get checked() {
        return Array.isArray(this.shown) ? this.shown : [];
    }

    get names() {
        const value = this.isSet ? this.props.value : {};
        const { languages } = this.store.schema;
        const more = Object.keys(value).filter((code) => !languages.some(([known]) => known === code));
        return [...languages, ...more.map((code) => [code, code])].map(([code, label]) => ({
            code,
            label,
            text: value[code] === undefined ? "" : String(value[code]),
        }));
    }

    type(typed) {
        this.store.change(this.props.path, fromTyped(this.column.type, typed));
    }

    choose(value) {
        this.store.change(this.props.path, value === "" ? undefined : value);
    }

    check(value, isChecked) {
        const order = this.column.choices.map(([code]) => code);
        const found = new Set(this.checked);
        isChecked ? found.add(value) : found.delete(value);
        this.choose([...found].sort((one, other) => order.indexOf(one) - order.indexOf(other)));
    }

    name(code, typed) {
        const value = { ...(this.isSet ? this.props.value : {}) };
        typed.trim() ? (value[code] = typed) : delete value[code];
        this.store.change(this.props.path, Object.keys(value).length ? value : undefined);
    }
}
