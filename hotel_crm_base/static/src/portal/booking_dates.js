import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const DAY = 86400000;

/** The departure follows the arrival; a form is sent once. */
export class BookingDates extends Interaction {
    static selector = ".o_hotel form";
    dynamicContent = {
        "input[name=arrival]": { "t-on-change": (ev) => this.follow(ev.target) },
        _root: { "t-on-submit": () => this.lock() },
    };

    follow(arrival) {
        const departure = this.el.querySelector("input[name=departure]");
        if (!departure || !arrival.value) {
            return;
        }
        const earliest = new Date(new Date(arrival.value).getTime() + DAY).toISOString().slice(0, 10);
        departure.min = earliest;
        if (departure.value < earliest) {
            departure.value = earliest;
        }
    }

    lock() {
        if (this.el.method !== "post" || this.el.classList.contains("o_payment_form")) {
            return;
        }
        const button = this.el.querySelector("button[type=submit]");
        // after the browser has read the form
        setTimeout(() => button && (button.disabled = true));
        // for who comes back by the history
        window.addEventListener("pageshow", () => button && (button.disabled = false), { once: true });
    }
}

registry.category("public.interactions").add("hotel_crm_base.booking_dates", BookingDates);
