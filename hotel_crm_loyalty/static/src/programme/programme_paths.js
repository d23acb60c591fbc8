/**
 * Plain data changed without touching what it was made of: a path is a list of names and numbers.
 * `toText(["versions", 0, "tiers"])` is "versions[0].tiers", as the loader tells where a problem is.
 */
export function toText(path) {
    return path.reduce(
        (text, step) => (typeof step === "number" ? `${text}[${step}]` : text ? `${text}.${step}` : step),
        ""
    );
}

export function toSteps(text) {
    return [...text.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, at, name]) => (at === undefined ? name : Number(at)));
}

export function getIn(data, path) {
    return path.reduce((found, step) => (found === null || found === undefined ? undefined : found[step]), data);
}

/** Return a copy with another value at a path; undefined takes the field away. */
export function setIn(data, path, value) {
    if (!path.length) {
        return value;
    }
    const [step, ...rest] = path;
    if (typeof step === "number") {
        const list = Array.isArray(data) ? [...data] : [];
        list[step] = setIn(list[step], rest, value);
        return list;
    }
    const copy = data && typeof data === "object" && !Array.isArray(data) ? { ...data } : {};
    const inner = setIn(copy[step], rest, value);
    if (inner === undefined) {
        delete copy[step];
    } else {
        copy[step] = inner;
    }
    return copy;
}

/** Return a copy of a list in which an item has moved. */
export function moved(list, from, to) {
    const copy = [...list];
    copy.splice(to, 0, ...copy.splice(from, 1));
    return copy;
}

/** Return a copy of a list with a copy of an item after it; its code gets a number that is free. */
export function duplicated(list, at) {
    const copy = structuredClone(list[at]);
    if (copy && typeof copy.code === "string") {
        const codes = new Set(list.map((item) => item && item.code));
        const stem = copy.code.replace(/_\d+$/, "");
        let number = 2;
        while (codes.has(`${stem}_${number}`)) {
            number++;
        }
        copy.code = `${stem}_${number}`;
    }
    return [...list.slice(0, at + 1), copy, ...list.slice(at + 1)];
}

/** Return the open places of a list after its items have changed places; `newPlace` gives null for what has gone. */
export function remapped(places, listText, newPlace) {
    const found = {};
    for (const [text, isOpen] of Object.entries(places)) {
        const match = text.startsWith(`${listText}[`) && text.slice(listText.length).match(/^\[(\d+)\](.*)$/);
        const place = match ? newPlace(Number(match[1])) : 0;
        if (place !== null) {
            found[match ? `${listText}[${place}]${match[2]}` : text] = isOpen;
        }
    }
    return found;
}

/** Return whether a problem is at a place or inside it. */
export function isWithin(problem, text) {
    const next = problem.path[text.length];
    return problem.path.startsWith(text) && (!text || next === undefined || next === "." || next === "[");
}

/** Return the value of what was typed into a field of a type: a number where it is one, else what was typed. */
export function fromTyped(type, typed) {
    const text = typed.trim();
    if (!text) {
        return undefined;
    }
    if (type === "whole") {
        return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    }
    // spaces between two words that are being typed stay where they are
    return type === "number" ? text : typed;
}
