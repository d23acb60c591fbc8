import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Buttons beside the pictures of a room; without a script one swipes or scrolls. */
export class BookingPictures extends Interaction {
    static selector = ".o_hotel_pictures";
    dynamicContent = {
        ".o_hotel_previous": { "t-on-click": () => this.move(-1) },
        ".o_hotel_next": { "t-on-click": () => this.move(1) },
    };

    move(step) {
        const strip = this.el.querySelector(".o_hotel_strip");
        const last = strip.children.length - 1;
        const current = Math.round(strip.scrollLeft / strip.clientWidth);
        const next = current + step < 0 ? last : (current + step) % (last + 1);
        strip.scrollTo({ left: next * strip.clientWidth, behavior: "smooth" });
    }
}

registry.category("public.interactions").add("hotel_crm_base.booking_pictures", BookingPictures);
