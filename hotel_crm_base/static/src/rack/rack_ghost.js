/**
 * What moves with the pointer. Neither its style nor its children change: to either, the browser answers by
 * looking at the style of the whole page again (selectors with :has()), to an animation and a text it does not.
 */
export class RackGhost {
    constructor(el) {
        this.el = el;
        this.text = el.firstChild || el.appendChild(document.createTextNode(""));
        this.motion = el.animate([], { duration: 1, fill: "forwards" });
    }

    /** @param {{left: number, top: number, width: number, height: number}} box in pixels */
    show({ left, top, width, height }, text) {
        const transform = `translate(${left}px, ${top}px)`;
        const place = { transform, width: `${width}px`, height: `${height}px` };
        const drawn = `${transform} ${width} ${height}`;
        if (this.drawn !== drawn) {
            this.drawn = drawn;
            this.motion.effect.setKeyframes([place, place]);
        }
        if (this.text.data !== text) {
            this.text.data = text;
        }
        if (!this.isShown) {
            this.isShown = true;
            this.el.classList.remove("d-none");
        }
    }

    hide() {
        this.el.classList.add("d-none");
        this.motion.cancel();
    }
}
