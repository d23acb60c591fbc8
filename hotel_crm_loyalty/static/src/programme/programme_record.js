import { Component } from "@odoo/owl";
import { ProgrammeInput } from "@hotel_crm_loyalty/programme/programme_input";
import { ProgrammeNode } from "@hotel_crm_loyalty/programme/programme_node";
import { toText } from "@hotel_crm_loyalty/programme/programme_paths";
import { useProgramme } from "@hotel_crm_loyalty/programme/programme_store";

/** What parts of the editor have in common. */
class Part extends Component {
    setup() {
        this.store = useProgramme();
        this.state = this.store.state;
    }

    get schema() {
        return this.store.schema;
    }

    get text() {
        return toText(this.props.path);
    }

    get problems() {
        return this.store.problemsAt(this.props.path);
    }

    get count() {
        return this.store.countWithin(this.props.path);
    }
}

/** One record: its fields, those that are records or lists as parts of their own. */
export class ProgrammeRecord extends Part {
    static template = "hotel_crm_loyalty.ProgrammeRecord";
    static components = { ProgrammeInput, ProgrammeNode };
    static props = { record: String, path: Array, value: { optional: true }, hasHelp: { type: Boolean, optional: true } };

    get info() {
        return this.schema.records[this.props.record];
    }

    /** Where nothing can be changed, only what is said stands there. */
    get columns() {
        const value = this.props.value;
        const shown = this.schema.shown(this.props.record, value);
        return this.state.isReadonly
            ? shown.filter(({ name, default: usual }) => (value && value[name] !== undefined) || this.isPlain(usual))
            : shown;
    }

    isPlain(value) {
        return value !== null && typeof value !== "object";
    }

    get unknown() {
        return this.schema.unknown(this.props.record, this.props.value);
    }

    part(column) {
        if (!this.schema.isRecord(column.of)) {
            return "input";
        }
        if (column.type === "many") {
            return "list";
        }
        return column.of === "Node" ? "tree" : "section";
    }

    place(column) {
        return [...this.props.path, column.name];
    }

    at(column) {
        return this.props.value ? this.props.value[column.name] : undefined;
    }

    forget(name) {
        this.store.change([...this.props.path, name], undefined);
    }
}

/** A record inside another one, which can be closed, and be absent where nothing else holds in its place. */
export class ProgrammeSection extends Part {
    static template = "hotel_crm_loyalty.ProgrammeSection";
    static components = { ProgrammeRecord };
    static props = { column: Object, path: Array, value: { optional: true } };

    get isAbsent() {
        return (this.props.value === undefined || this.props.value === null) && this.props.column.default === null;
    }

    get isOdd() {
        return typeof this.props.value === "string" || Array.isArray(this.props.value);
    }

    get canRemove() {
        return !this.state.isReadonly && this.props.value !== undefined;
    }

    add() {
        this.state.open[this.text] = true;
        this.store.change(this.props.path, {});
    }

    remove() {
        this.store.change(this.props.path, undefined);
    }
}

/** A list of records: each can be opened, moved, copied and taken away. */
export class ProgrammeList extends Part {
    static template = "hotel_crm_loyalty.ProgrammeList";
    static components = { ProgrammeRecord };
    static props = { column: Object, path: Array, value: { optional: true } };

    get items() {
        const value = Array.isArray(this.props.value) ? this.props.value : [];
        return value.map((item, at) => ({
            at,
            item,
            path: [...this.props.path, at],
            title: this.schema.title(item, this.props.column.of) || String(at + 1),
            count: this.store.countWithin([...this.props.path, at]),
            isFirst: !at,
            isLast: at === value.length - 1,
        }));
    }

    get info() {
        return this.schema.records[this.props.column.of];
    }

    add() {
        this.focus(this.store.add(this.props.path, {}), "toggle");
    }

    move({ at }, step) {
        this.store.move(this.props.path, at, at + step);
        this.focus(at + step, step < 0 ? "up" : "down");
    }

    /** Leave the keyboard where the item has gone. */
    focus(at, button) {
        this.env.focusProgramme(`[data-item="${this.text}[${at}]"] > .o_hotel_programme_head [data-do="${button}"]`);
    }
}

ProgrammeRecord.components = { ...ProgrammeRecord.components, ProgrammeSection, ProgrammeList };
