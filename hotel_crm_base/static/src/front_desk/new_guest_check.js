import { toServer } from "./new_guest_values";

/**
 * Asks the server what is wrong with a new guest and whom it may be. A document number is sent only
 * when it is complete, and once: each look-up by it counts and is logged. What it brought is kept.
 */
export class NewGuestCheck {
    constructor(orm) {
        this.orm = orm;
        this.forgetDocument();
    }

    /** The document has changed. */
    forgetDocument() {
        this.asked = "";
        this.found = [];
        this.problem = "";
    }

    /**
     * @param {Object} values of the form
     * @param {boolean} isComplete whether the document number is
     * @returns {Promise<Object>} the answer of `hotel_check_new_guest`
     */
    async ask(values, isComplete = false) {
        const vals = toServer(values);
        const document = vals.document_type + vals.document_number;
        const withDocument = Boolean(isComplete && document && this.asked !== document);
        if (withDocument) {
            this.asked = document;
        } else {
            vals.document_number = vals.document_type = "";
        }
        const answer = await this.orm.silent.call("res.partner", "hotel_check_new_guest", [vals]);
        if (withDocument && this.asked === document) {
            this.found = answer.duplicates;
            this.problem = answer.problems.document_number || "";
        }
        const known = new Set(answer.duplicates.map(({ id }) => id));
        answer.duplicates.push(...this.found.filter(({ id }) => !known.has(id)));
        if (this.problem) {
            answer.problems.document_number = this.problem;
        }
        return answer;
    }
}
