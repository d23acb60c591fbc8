import { Component, onMounted, useExternalListener, useState } from "@odoo/owl";
import { KeepLast } from "@web/core/utils/concurrency";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { GuestList } from "./guest_list";
import { isQuestion } from "./text_marks";

const [DELAY, SHOWN] = [150, 12]; // ms from the last key to the question; guests

/** The one box in which a guest is looked up, and what it finds. */
export class GuestBox extends Component {
    static template = "hotel_crm_base.GuestBox";
    static components = { GuestList };
    static props = {
        text: { type: String, optional: true },
        canRegister: Boolean,
        onText: Function,
        onOpen: Function,
        onRegister: Function,
        onLeave: Function,
    };
    static defaultProps = { text: "" };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.box = useAutofocus({ refName: "box", selectAll: true });
        this.state = useState({
            text: this.props.text,
            guests: [],
            index: 0,
            answered: "", // what the list was found by
            problem: "",
        });
        this.lookUpSoon = useDebounced(() => this.lookUp(), DELAY);
        useExternalListener(window, "keydown", (ev) => this.onKeyAnywhere(ev));
        onMounted(() => this.hasQuestion && this.setText(this.state.text));
    }

    get query() {
        return this.state.text.trim();
    }

    get hasQuestion() {
        return isQuestion(this.query);
    }

    get isAnswered() {
        return this.hasQuestion && this.state.answered === this.query;
    }

    get hasRegister() {
        return this.props.canRegister && this.isAnswered;
    }

    get optionCount() {
        return this.state.guests.length + (this.hasRegister ? 1 : 0);
    }

    async lookUp() {
        const query = this.query;
        if (!this.hasQuestion || this.isAnswered) {
            return;
        }
        const question = this.orm.silent
            .call("res.partner", "hotel_lookup", [query, SHOWN])
            .then((guests) => ({ guests, problem: "" }))
            .catch((error) => ({ guests: [], problem: error.data?.message || error.message }));
        const answer = await this.keepLast.add(question);
        Object.assign(this.state, answer, { index: 0, answered: query });
    }

    setText(text) {
        this.state.text = text;
        if (!this.hasQuestion) {
            this.keepLast.add(Promise.resolve()); // an answer on its way is not wanted any more
            Object.assign(this.state, { guests: [], answered: "", problem: "" });
        }
        this.props.onText(text, this.hasQuestion);
        this.lookUpSoon();
    }

    onInput(ev) {
        if (!ev.isComposing) {
            this.setText(ev.target.value);
        }
    }

    onKeydown(ev) {
        if (ev.isComposing || ev.altKey || ev.ctrlKey || ev.metaKey) {
            return;
        }
        const actions = {
            ArrowDown: () => this.move(1),
            ArrowUp: () => this.move(-1),
            Enter: () => this.choose(),
            Escape: () => this.clear(),
        };
        if (actions[ev.key]) {
            ev.preventDefault();
            ev.stopPropagation();
            actions[ev.key]();
        }
    }

    /** Whoever types while nothing is being edited means the box; Esc leads back to it. */
    onKeyAnywhere(ev) {
        const isSign = ev.key.length === 1 && ev.key !== " ";
        const isEdited = ev.target.closest?.("input, textarea, select, [contenteditable], .o-dropdown--menu");
        const isBusy = isEdited || document.body.classList.contains("modal-open");
        if (!isBusy && (isSign || ev.key === "Escape") && !ev.altKey && !ev.ctrlKey && !ev.metaKey) {
            this.box.el.focus();
        }
    }

    move(step) {
        if (!this.query) {
            this.props.onLeave();
        } else if (this.optionCount) {
            this.state.index = (this.state.index + step + this.optionCount) % this.optionCount;
        }
    }

    clear() {
        this.box.el.value = ""; // now: the next key may come before the screen is drawn
        this.setText("");
        this.box.el.focus();
    }

    /** Open what is marked. Keys pressed before the answer came open an only guest, never a guess. */
    async choose() {
        const wasAnswered = this.isAnswered;
        if (!wasAnswered) {
            this.lookUpSoon.cancel();
            await this.lookUp();
        }
        if (this.isAnswered && (wasAnswered || this.state.guests.length === 1)) {
            this.open(this.state.index);
        }
    }

    open(index) {
        const guest = this.state.guests[index];
        if (guest) {
            this.props.onOpen(guest.id, guest);
        } else if (this.hasRegister) {
            this.props.onRegister(this.query);
        }
    }
}
