import { browser } from "@web/core/browser/browser";
import { deserializeDate } from "@web/core/l10n/dates";
import { barOn, dropBar, nightsBetween, rowAt, toIso } from "./geometry";
import { RackGhost } from "./rack_ghost";

/** Pixels: until a press is a drag; where a bar is taken by its end. */
const [SLACK, EDGE] = [5, 7];

/** Dragging on the rack: only a ghost moves until it is let go, so nothing is drawn anew meanwhile. */
export class RackDrag {
    constructor(rack) {
        this.rack = rack;
        this.drag = null;
    }

    get isActive() {
        return Boolean(this.drag?.isMoving);
    }

    get body() {
        return this.rack.scroll.el.querySelector(".o_hotel_rack_body");
    }

    /** The row and the day under the pointer; beyond a border, the last ones in sight. */
    locate(ev) {
        const { width, labelWidth } = this.rack.sight;
        const box = this.body.getBoundingClientRect();
        const day = Math.floor((ev.clientX - box.left - labelWidth) / width) + this.rack.state.rack.first;
        const y = this.rack.sight.keepInside(ev.clientY) - box.top;
        return { index: rowAt(this.rack.rows, y), day, isInside: y >= 0 && y < box.height };
    }

    findBar(ev) {
        const id = Number(ev.target.closest("[data-stay-id]")?.dataset.stayId);
        return id ? this.rack.state.rack.stayById.get(id) : undefined;
    }

    /** By what a bar is taken: one of its ends, where these can be drawn, or as a whole. */
    findKind(ev) {
        const el = ev.target.closest("[data-stay-id]");
        const box = el.getBoundingClientRect();
        const isAt = (name, gap) => gap <= EDGE && el.classList.contains(`o_hotel_rack_edge_${name}`);
        if (isAt("right", box.right - ev.clientX)) {
            return "departure";
        }
        return isAt("left", ev.clientX - box.left) ? "arrival" : "move";
    }

    onDown(ev) {
        const isOutside = !ev.target.closest(".o_hotel_rack_track");
        if (ev.button !== 0 || isOutside || this.drag) {
            return;
        }
        const bar = this.findBar(ev);
        const at = this.locate(ev);
        this.rack.state.marked = bar?.id || false;
        this.rack.state.cursor = { index: at.index, day: at.day };
        const isFinger = ev.pointerType === "touch"; // a finger scrolls
        const { can_write: canWrite, can_book: canBook } = this.rack.state.setup;
        const canDrag = bar ? canWrite && bar.state !== "departed" : canBook && this.rack.rows[at.index].roomId;
        if (!isFinger && canDrag) {
            const kind = bar ? this.findKind(ev) : "book";
            this.begin({ bar, kind, start: at, last: ev, x: ev.clientX, y: ev.clientY });
        }
    }

    onDoubleClick(ev) {
        const bar = this.findBar(ev);
        if (bar) {
            this.rack.open(bar);
        }
    }

    begin(drag) {
        const listen = { pointermove: (ev) => this.onMove(ev), pointerup: (ev) => this.end(ev), pointercancel: () => this.end() };
        listen.keydown = (ev) => ev.key === "Escape" && (ev.stopPropagation(), this.end());
        this.drag = { ...drag, listen };
        Object.entries(listen).forEach(([name, heard]) => window.addEventListener(name, heard, true));
    }

    onMove(ev) {
        const { drag } = this;
        drag.last = ev;
        if (!drag.isMoving && Math.hypot(ev.clientX - drag.x, ev.clientY - drag.y) > SLACK) {
            drag.isMoving = true;
            this.follow();
        }
    }

    /** Once per frame: scroll near the borders, and put the ghost where the pointer is. */
    follow(now = 0) {
        if (this.isActive) {
            this.rack.sight.pull(this.drag.last, Math.min(now - (this.drag.now || now), 34));
            this.drag.now = now;
            this.drawGhost(this.aim());
            browser.requestAnimationFrame((time) => this.follow(time));
        }
    }

    /** What would be if the pointer were let go now. */
    aim() {
        const { bar, kind, start, last } = this.drag;
        const at = this.locate(last);
        if (kind === "book") {
            return { ...nightsBetween(start.day, at.day), index: start.index, row: this.rack.rows[start.index] };
        }
        const row = this.rack.rows[at.index];
        const roomId = { room: row.roomId, lane: bar.state === "in_house" ? undefined : false }[row.kind];
        const shift = bar.state === "in_house" && kind === "move" ? 0 : at.day - start.day;
        const change = dropBar(bar, kind, shift, roomId);
        return { from: bar.from, to: bar.to, ...change, change, index: kind === "move" ? at.index : start.index };
    }

    drawGhost({ from, to, index }) {
        const { width, labelWidth } = this.rack.sight;
        const row = this.rack.rows[index];
        const offset = this.drag.kind === "book" ? 0 : 0.5;
        const left = labelWidth + (from - this.rack.state.rack.first + offset) * width;
        const day = (number) => deserializeDate(toIso(number)).toLocaleString({ month: "short", day: "numeric" });
        const box = { left, top: row.top + 2, width: Math.max(to - from, 0.5) * width, height: row.height - 4 };
        this.drag.ghost ||= new RackGhost(this.body.querySelector(".o_hotel_rack_ghost"));
        this.drag.ghost.show(box, `${day(from)} – ${day(to)}${row.roomId ? ` · ${row.name}` : ""}`);
    }

    /** Let go, with an event of the pointer, or give up without one. */
    end(ev) {
        const { drag } = this;
        Object.entries(drag.listen).forEach(([name, heard]) => window.removeEventListener(name, heard, true));
        const goal = ev && drag.isMoving && this.locate(ev).isInside && this.aim();
        this.drag = null;
        drag.ghost?.hide();
        if (goal && drag.kind === "book") {
            this.rack.book(goal, goal.row);
        } else if (goal?.change) {
            this.rack.moves.move(drag.bar, goal.change);
        }
    }

    /** The bar under the cursor, for the keys. */
    barAt({ index, day }) {
        return barOn(this.rack.rows[index]?.bars || [], day);
    }
}
