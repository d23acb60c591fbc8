import { nightsBetween } from "./geometry";

const STEPS = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    PageUp: [-12, 0],
    PageDown: [12, 0],
    Home: [-Infinity, 0],
    End: [Infinity, 0],
};

/** The rack by keys: arrows walk, Enter opens or books, Esc lets go. */
export class RackKeys {
    constructor(rack) {
        this.rack = rack;
    }

    get cursor() {
        return this.rack.state.cursor;
    }

    /** Where the cursor is drawn. */
    get style() {
        const { width, labelWidth } = this.rack.sight;
        const { index, day } = this.cursor;
        const row = this.rack.rows[index];
        const left = labelWidth + (day - this.rack.state.rack.first) * width;
        return `transform:translate(${left}px,${row.top}px);width:${width}px;height:${row.height}px`;
    }

    onKeydown(ev) {
        if (ev.altKey || ev.ctrlKey || ev.metaKey || this.rack.drag.isActive || !this.rack.rows.length) {
            return;
        }
        const actions = { Enter: () => this.enter(), Escape: () => this.leave() };
        const action = STEPS[ev.key] ? () => this.walk(...STEPS[ev.key]) : actions[ev.key];
        if (action) {
            ev.preventDefault();
            ev.stopPropagation();
            action();
        }
    }

    walk(down, right) {
        const { first, days, today } = this.rack.state.rack;
        const clamp = (number, least, most) => Math.max(least, Math.min(number, most));
        const { index, day } = this.cursor || { index: 0, day: today };
        // the first arrow shows where one is
        const isStep = this.cursor || !Number.isFinite(down);
        this.rack.state.cursor = {
            index: clamp(isStep ? index + down : index, 0, this.rack.rows.length - 1),
            day: clamp(isStep ? day + right : day, first, first + days - 1),
        };
        this.rack.state.marked = this.rack.drag.barAt(this.cursor)?.id || false;
        this.show();
    }

    /** Scroll as far as it takes to see the cursor. */
    show() {
        const el = this.rack.scroll.el;
        const { top, height } = this.rack.rows[this.cursor.index];
        const head = el.querySelector(".o_hotel_rack_head").offsetHeight;
        const below = top + height - (el.clientHeight - head);
        el.scrollTop = Math.max(below, Math.min(top, el.scrollTop));
    }

    enter() {
        if (!this.cursor) {
            return;
        }
        const { index, day } = this.cursor;
        const row = this.rack.rows[index];
        const bar = this.rack.drag.barAt(this.cursor);
        if (row.kind === "group") {
            this.rack.fold(row.key);
        } else if (bar) {
            this.rack.open(bar);
        } else if (row.kind !== "lane") {
            this.rack.book(nightsBetween(day, day), row);
        }
    }

    leave() {
        Object.assign(this.rack.state, { cursor: null, marked: false });
    }
}
