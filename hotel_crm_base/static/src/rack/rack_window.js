import { markRaw } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { dayWidth, visibleRows } from "./geometry";

/** What of the rack is in sight: which rows are drawn, and how wide a day is. */
export class RackWindow {
    from = 0;
    to = 0;
    width = 40;
    labelWidth = 152;

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
        [this.rows, this.days] = [markRaw(rows), days];
        this.measure();
    }

    measure() {
        if (this.el) {
            this.labelWidth = this.el.querySelector(".o_hotel_rack_corner").offsetWidth;
            this.width = dayWidth(this.el.clientWidth, this.labelWidth, this.days);
        }
        this.draw();
    }

    /** Draw the rows in sight; nothing is drawn where they are the same as before. */
    draw() {
        const { scrollTop = 0, clientHeight = 900 } = this.el || {};
        [this.from, this.to] = visibleRows(this.rows, scrollTop, clientHeight);
    }

    onScroll() {
        this.frame ||= browser.requestAnimationFrame(() => {
            this.frame = null;
            this.draw();
        });
    }
}
