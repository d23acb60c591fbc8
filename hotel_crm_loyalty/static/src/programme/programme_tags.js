import { Component, useRef } from "@odoo/owl";

/** A list of short texts: each one can be taken away, a new one is added by Enter, a comma or leaving the field. */
export class ProgrammeTags extends Component {
    static template = "hotel_crm_loyalty.ProgrammeTags";
    static props = {
        id: String,
        label: String,
        values: { optional: true },
        suggestions: Array,
        isReadonly: Boolean,
        onChange: Function,
    };

    setup() {
        this.input = useRef("input");
    }

    get values() {
        return Array.isArray(this.props.values) ? this.props.values : [];
    }

    label(value) {
        const found = this.props.suggestions.find(([code]) => code === value);
        return found && found[1] && found[1] !== value ? `${found[1]} (${value})` : String(value);
    }

    onKeydown(ev) {
        if (ev.key === "Enter" || ev.key === ",") {
            ev.preventDefault();
            this.add();
        } else if (ev.key === "Backspace" && !ev.target.value && this.values.length) {
            this.remove(this.values.length - 1);
        }
    }

    /** Take what was typed; each word once. */
    add() {
        const typed = this.input.el.value.split(",").map((text) => text.trim());
        const found = typed.filter((text, at) => text && !this.values.includes(text) && typed.indexOf(text) === at);
        this.input.el.value = "";
        if (found.length) {
            this.props.onChange([...this.values, ...found]);
        }
    }

    remove(at) {
        const left = this.values.filter((_value, place) => place !== at);
        this.props.onChange(left.length ? left : undefined);
        this.input.el.focus();
    }
}
