import { getIn } from "@hotel_crm_loyalty/programme/programme_paths";

/** What the server says of the records of a programme, asked by the parts of the editor. */
export class ProgrammeSchema {
    constructor({ records, suggestions, languages, numbers, flags }, language) {
        Object.assign(this, { records, suggestions, languages, numbers, flags, language });
    }

    isRecord(name) {
        return name in this.records;
    }

    column(record, name) {
        return this.records[record].columns.find((column) => column.name === name);
    }

    /** What a column shows where nothing was said. */
    getValue(column, data) {
        const value = data && data[column.name];
        return value === undefined || value === null ? column.default : value;
    }

    /** Columns to show: those that belong to what was chosen, and all that hold something. */
    shown(record, data) {
        const columns = this.records[record].columns;
        return columns.filter(({ name, when }) => {
            if (!when || (data && data[name] !== undefined)) {
                return true;
            }
            const [decider, values] = when;
            return values.includes(this.getValue(this.column(record, decider), data));
        });
    }

    /** Fields that a record does not know: told as problems, kept until somebody takes them away. */
    unknown(record, data) {
        const known = new Set(this.records[record].columns.map((column) => column.name));
        return Object.keys(data || {}).filter((name) => !known.has(name));
    }

    /** What a record is called: its name in the user's language, else its code, else its kind. */
    title(data, record) {
        if (!data || typeof data !== "object") {
            return "";
        }
        const names = typeof data.name === "object" && data.name ? data.name : {};
        const title = names[this.language] || names.en || data.code || data.metric || data.from_date || data.path;
        const kind = !title && record && this.column(record, "kind");
        const choice = kind && kind.choices.find(([value]) => value === data.kind);
        return String((choice ? choice[1] : title) || "");
    }

    /** Pairs (code, name) of what a column may refer to, of the version that a path lies in. */
    referred(column, content, path) {
        if (column.suggests) {
            return this.suggestions[column.suggests] || [];
        }
        const list = getIn(content, [...path.slice(0, 2), column.refers]);
        return (Array.isArray(list) ? list : []).map((item) => [item && item.code, this.title(item)]);
    }

    /** The records of a path as [record name, label], for whoever is told of a problem there. */
    labels(content, path) {
        let record = "Programme";
        const found = [];
        path.forEach((step, at) => {
            if (typeof step === "number") {
                const title = this.title(getIn(content, path.slice(0, at + 1)), record);
                found.push(title || String(step + 1));
                return;
            }
            const column = record && this.column(record, step);
            found.push(column ? column.label : step);
            record = column && this.isRecord(column.of) ? column.of : null;
        });
        return found;
    }

    /** How a condition compares, by what it is about. */
    operations(kind, node) {
        const group = ["all", "any", "not"];
        if (kind === "count") {
            return [...group, "at_least", "at_most"];
        }
        if (this.numbers.includes(node.field)) {
            return [...group, "at_least", "at_most"];
        }
        return [...group, ...(this.flags.includes(node.field) ? ["is"] : ["in", "not_in"])];
    }
}
