import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { borderSpeed, dayWidth, visibleRows } from "./geometry";

const BORDER = 48; // pixels: where a drag scrolls

/**
 * What of the rack is in sight: which rows are drawn, and how wide a day is. Only `place` is watched by
 * components: what else changes while scrolling draws nothing anew.
 */
export class RackWindow {
    place = reactive({ from: 0, to: 0, width: 40 });
    labelWidth = 152;

    get width() {
        return this.place.width;
    }

    /** Follow the size of the element that scrolls. Returns what ends it. */
    watch(el) {
        this.el = el;
        const watcher = new ResizeObserver(() => this.measure());
        watcher.observe(el);
        this.measure();
        return () => {
            watcher.disconnect();
            this.el = null;
        };
    }

    /** Show other rows, or another number of days. */
    take(rows, days) {
        [this.rows, this.days] = [rows, days];
        this.measure();
    }

    measure() {
        if (this.el) {
            this.labelWidth = this.el.querySelector(".o_hotel_rack_corner").offsetWidth;
            this.place.width = dayWidth(this.el.clientWidth, this.labelWidth, this.days);
        }
        this.draw();
    }

    /** Draw the rows in sight; nothing is drawn where they are the same as before. */
    draw() {
        const { scrollTop = 0, clientHeight = 900 } = this.el || {};
        const [from, to] = visibleRows(this.rows, scrollTop, clientHeight);
        Object.assign(this.place, { from, to });
    }

    onScroll() {
        this.frame ||= browser.requestAnimationFrame(() => {
            this.frame = null;
            this.draw();
        });
    }

    /** @returns {Object} the part of the screen where rooms and days are */
    get box() {
        const { left, top } = this.el.getBoundingClientRect();
        const { clientWidth, clientHeight } = this.el;
        const head = this.el.querySelector(".o_hotel_rack_head").offsetHeight;
        return { left: left + this.labelWidth, right: left + clientWidth, top: top + head, bottom: top + clientHeight };
    }

    /** @returns {number} this height of the screen, or the nearest one where rows are in sight */
    keepInside(y) {
        const { top, bottom } = this.box;
        return Math.max(top, Math.min(y, bottom - 1));
    }

    /** Scroll while something is dragged to a border: the nearer the pointer, or beyond it, the faster. */
    pull({ clientX, clientY }, milliseconds) {
        const { left, right, top, bottom } = this.box;
        const aside = borderSpeed(clientX, left, right, BORDER) * milliseconds;
        const down = borderSpeed(clientY, top, bottom, BORDER) * milliseconds;
        if (aside || down) {
            this.el.scrollBy({ left: aside, top: down, behavior: "instant" });
        }
    }
}
