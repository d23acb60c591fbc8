import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { Dialog } from "@web/core/dialog/dialog";
import { deserializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { GuestLine } from "./guest_line";
import { NewGuestCheck } from "./new_guest_check";
import { makeChoices, makeValues, suggestByNationality, toServer } from "./new_guest_values";
import { QuickSelectMenu } from "./quick_select_menu";

const DELAY = 400; // ms after the last key

/** The small form in which a new guest is registered; it warns of whom it may be already. */
export class NewGuestDialog extends Component {
    static template = "hotel_crm_base.NewGuestDialog";
    static components = { DateTimeInput, Dialog, GuestLine, QuickSelectMenu };
    static props = {
        close: Function,
        text: String,
        countryId: [Number, Boolean],
        onOpen: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.nameRef = useAutofocus({ refName: "name" });
        this.alike = useRef("alike");
        this.checker = new NewGuestCheck(this.orm);
        this.state = useState({
            values: {},
            touched: {},
            answer: { problems: {}, duplicates: [], same_name: 0 },
            error: "",
            isSaving: false,
        });
        this.checkSoon = useDebounced(() => this.check(), DELAY);
        onWillStart(async () => {
            this.lists = await this.orm.call("hotel.front.desk", "get_registration_setup");
            const { text, countryId } = this.props;
            this.state.values = makeValues(text, countryId, this.lists);
            Object.assign(this, makeChoices(this.lists.countries));
            if (text) {
                this.checkSoon();
            }
        });
    }

    get duplicates() {
        return this.state.answer.duplicates;
    }

    get saveText() {
        return this.duplicates.length ? _t("Register Anyway") : _t("Register");
    }

    get sameNameText() {
        return _t(
            "At least %s guests have this name. Phone, e-mail or birth date tell whether it is one of them.",
            this.state.answer.same_name
        );
    }

    problem(name) {
        return (this.state.touched[name] && this.state.answer.problems[name]) || "";
    }

    set(name, value) {
        this.state.values[name] = value;
        this.state.error = "";
        if (name.startsWith("document_")) {
            this.checker.forgetDocument();
        }
        this.checkSoon();
    }

    setNationality(id) {
        const country = this.lists.countries.find((each) => each.id === id);
        Object.assign(this.state.values, suggestByNationality(country, this.state.values, this.lists));
        this.set("nationality_id", id || false);
    }

    touch(name) {
        this.state.touched[name] = true;
        this.checkSoon();
    }

    touchDocument() {
        this.state.touched.document_number = true;
        return this.check(true);
    }

    async check(isComplete = false) {
        const question = this.checker.ask(this.state.values, isComplete);
        this.show(await this.keepLast.add(question));
    }

    show(answer) {
        this.takeOver(answer.told);
        this.state.answer = answer;
    }

    /** Fill what the document number tells and nobody has typed. */
    takeOver({ birth_date: born, gender }) {
        const { values } = this.state;
        values.birth_date ||= born ? deserializeDate(born) : false;
        values.gender ||= gender || "";
    }

    /** Register; a duplicate that comes up only now is shown first. */
    async save() {
        if (this.state.isSaving) {
            return;
        }
        const shown = new Set(this.duplicates.map(({ id }) => id));
        Object.assign(this.state, { isSaving: true, error: "" });
        try {
            this.checkSoon.cancel();
            this.keepLast.add(Promise.resolve()); // nothing older is shown after this answer
            this.show(await this.checker.ask(this.state.values, true));
            const [problem] = Object.entries(this.state.answer.problems);
            if (problem) {
                this.state.touched[problem[0]] = true;
                this.state.error = problem[1];
            } else if (this.duplicates.some(({ id }) => !shown.has(id))) {
                this.alike.el?.scrollIntoView({ block: "nearest" });
            } else {
                const values = toServer(this.state.values);
                const id = await this.orm.call("res.partner", "hotel_register_guest", [values]);
                this.openGuest(id);
            }
        } catch (error) {
            this.state.error = error.data?.message || error.message;
        } finally {
            this.state.isSaving = false;
        }
    }

    openGuest(id) {
        this.props.close();
        this.props.onOpen(id);
    }
}
