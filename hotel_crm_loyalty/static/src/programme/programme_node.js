import { Component } from "@odoo/owl";
import { ProgrammeInput } from "@hotel_crm_loyalty/programme/programme_input";
import { toText } from "@hotel_crm_loyalty/programme/programme_paths";
import { useProgramme } from "@hotel_crm_loyalty/programme/programme_store";

const GROUPS = ["all", "any", "not"];
/** What a leaf keeps when it asks about something else. */
const LEAF = ["op", "field", "metric", "value", "values", "flag", "scope", "days"];

/** A tree of conditions: about a fact (kind "fact") or about what is counted of a member ("count"). */
export class ProgrammeNode extends Component {
    static template = "hotel_crm_loyalty.ProgrammeNode";
    static components = { ProgrammeInput };
    static props = {
        column: { type: Object, optional: true },
        kind: String,
        path: Array,
        value: { optional: true },
        onRemove: { type: Function, optional: true },
    };

    setup() {
        this.store = useProgramme();
        this.state = this.store.state;
    }

    get text() {
        return toText(this.props.path);
    }

    get node() {
        const value = this.props.value;
        return value && typeof value === "object" && !Array.isArray(value) ? value : {};
    }

    get isAbsent() {
        return this.props.value === undefined || this.props.value === null;
    }

    get isGroup() {
        return GROUPS.includes(this.node.op) || Array.isArray(this.node.nodes);
    }

    get inner() {
        return Array.isArray(this.node.nodes) ? this.node.nodes : [];
    }

    get problems() {
        return this.store.problemsAt(this.props.path);
    }

    get subjectName() {
        return this.props.kind === "count" ? "metric" : "field";
    }

    /** Columns of a leaf after its subject and comparison. */
    get columns() {
        const { op, scope } = this.node;
        const names = { at_least: ["value"], at_most: ["value"], in: ["values"], not_in: ["values"], is: ["flag"] }[op] || [];
        if (this.props.kind === "count") {
            names.push("scope");
        }
        if (scope === "joining" || this.node.days !== undefined) {
            names.push("days");
        }
        return [...new Set(names)].map((name) => this.column(name));
    }

    column(name) {
        return this.store.schema.column("Node", name);
    }

    place(name) {
        return [...this.props.path, name];
    }

    /** Comparisons that fit, and the one that stands there. */
    get operations() {
        const fitting = this.store.schema.operations(this.props.kind, this.node);
        const choices = this.column("op").choices.filter(([op]) => fitting.includes(op) || op === this.node.op);
        const known = choices.some(([op]) => op === this.node.op);
        const odd = this.node.op && !known ? [[this.node.op, this.node.op]] : [];
        return [...odd, ...choices].filter(([op]) => !this.isGroup || GROUPS.includes(op));
    }

    get suggestions() {
        return this.store.schema.suggestions[this.node.field] || [];
    }

    newLeaf() {
        const [first] = this.store.schema.referred(this.column("metric"), this.state.content, this.props.path);
        return this.props.kind === "count"
            ? { op: "at_least", metric: first ? first[0] : "" }
            : { op: "in", field: "channel" };
    }

    /** A leaf that becomes a group stays as its first part. */
    setOperation(op) {
        if (GROUPS.includes(op) && !this.isGroup) {
            this.store.change(this.props.path, { op, nodes: this.node.op ? [this.node] : [this.newLeaf()] });
        } else {
            this.store.change(this.place("op"), op || undefined);
        }
    }

    /** Another subject: the comparison goes along where it fits. */
    setSubject(name) {
        const node = Object.fromEntries(LEAF.filter((key) => key in this.node).map((key) => [key, this.node[key]]));
        node[this.subjectName] = name || undefined;
        const fitting = this.store.schema.operations(this.props.kind, node).filter((op) => !GROUPS.includes(op));
        node.op = fitting.includes(node.op) ? node.op : fitting[0];
        this.store.change(this.props.path, node);
    }

    get subjects() {
        const name = this.subjectName;
        const column = this.column(name);
        const known = column.refers
            ? this.store.schema.referred(column, this.state.content, this.props.path)
            : column.choices;
        const current = this.node[name];
        const isKnown = !current || known.some(([code]) => code === current);
        return isKnown ? known : [[current, current], ...known];
    }

    plant() {
        this.store.change(this.props.path, this.newLeaf());
    }

    grow() {
        this.store.add(this.place("nodes"), this.newLeaf());
    }

    /** A group of one is that one. */
    dissolve() {
        this.store.change(this.props.path, this.inner[0]);
    }

    remove() {
        this.props.onRemove ? this.props.onRemove() : this.store.change(this.props.path, undefined);
    }
}

ProgrammeNode.components = { ...ProgrammeNode.components, ProgrammeNode };
