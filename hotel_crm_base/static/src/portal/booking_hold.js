import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Counts the minutes for which a room is held; afterwards the page says what is true then. */
export class BookingHold extends Interaction {
    static selector = ".o_hotel_hold[data-seconds]";

    setup() {
        this.end = Date.now() + Number(this.el.dataset.seconds) * 1000;
        this.left = this.el.querySelector(".o_hotel_hold_left");
    }

    start() {
        this.timer = setInterval(() => this.show(), 1000);
        this.registerCleanup(() => clearInterval(this.timer));
        this.show();
    }

    show() {
        const seconds = Math.round((this.end - Date.now()) / 1000);
        if (seconds <= 0) {
            clearInterval(this.timer);
            // the job that gives rooms back runs every minute
            this.timer = setTimeout(() => window.location.reload(), 60000);
        }
        const shown = Math.max(seconds, 0);
        const minutes = Math.floor(shown / 60);
        this.left.textContent = `${minutes}:${String(shown % 60).padStart(2, "0")}`;
    }
}

registry.category("public.interactions").add("hotel_crm_base.booking_hold", BookingHold);
