import { reactive, toRaw, useEnv, useState } from "@odoo/owl";
import {
    duplicated,
    getIn,
    isWithin,
    moved,
    remapped,
    setIn,
    toSteps,
    toText,
} from "@hotel_crm_loyalty/programme/programme_paths";

/** The store as a part of the editor sees it: what it reads makes it render again. */
export function useProgramme() {
    const store = useEnv().programme;
    return Object.create(store, { state: { value: useState(store.state) } });
}

/** What is edited: the plain data of a programme, its problems, and which parts stand open. */
export class ProgrammeStore {
    /** @param {(content: object) => void} onChange is told of each change */
    constructor(schema, onChange) {
        this.schema = schema;
        this.onChange = onChange;
        this.state = reactive({ content: {}, problems: [], open: {}, isReadonly: true });
    }

    get content() {
        return toRaw(this.state).content;
    }

    change(path, value) {
        this.state.content = setIn(this.content, path, value);
        this.onChange(this.content);
    }

    list(path) {
        const found = getIn(this.content, path);
        return Array.isArray(found) ? toRaw(found) : [];
    }

    changeList(path, list, newPlace) {
        this.state.open = remapped({ ...toRaw(this.state.open) }, toText(path), newPlace);
        this.change(path, list.length ? list : undefined);
    }

    add(path, item) {
        const list = this.list(path);
        this.state.open[toText([...path, list.length])] = true;
        this.change(path, [...list, item]);
        return list.length;
    }

    remove(path, at) {
        const list = this.list(path).filter((_item, place) => place !== at);
        this.changeList(path, list, (place) => (place === at ? null : place - Number(place > at)));
    }

    move(path, from, to) {
        const order = moved([...this.list(path).keys()], from, to);
        this.changeList(path, moved(this.list(path), from, to), (place) => order.indexOf(place));
    }

    duplicate(path, at) {
        this.changeList(path, duplicated(this.list(path), at), (place) => place + Number(place > at));
    }

    isOpen(path) {
        return Boolean(this.state.open[toText(path)]);
    }

    toggle(path) {
        const text = toText(path);
        this.state.open[text] = !this.state.open[text];
    }

    /** Open everything on the way to a place. */
    reveal(text) {
        const steps = toSteps(text);
        steps.forEach((_step, at) => (this.state.open[toText(steps.slice(0, at + 1))] = true));
    }

    problemsAt(path) {
        const text = toText(path);
        return this.state.problems.filter((problem) => problem.path === text);
    }

    countWithin(path) {
        const text = toText(path);
        return this.state.problems.filter((problem) => isWithin(problem, text)).length;
    }
}
