import { _t } from "@web/core/l10n/translation";
import { toIso } from "./geometry";
import { MoveDialog } from "./move_dialog";

const RACK = "hotel.room.rack";

/** Moving stays on the rack: what changes its price is asked first, what goes wrong is said and shown. */
export class RackMoves {
    constructor(rack) {
        this.rack = rack;
    }

    /** What the server is told: what was seen, so that a change by somebody else is noticed. */
    describe(bar, change) {
        const seen = {
            room_id: bar.roomId,
            arrival_date: toIso(bar.from),
            departure_date: toIso(bar.to),
            state: bar.state,
        };
        const wanted = {
            room_id: change.roomId,
            arrival_date: toIso(change.from),
            departure_date: toIso(change.to),
        };
        const changes = Object.entries(wanted).filter(([name, value]) => value !== seen[name]);
        return [bar.id, Object.fromEntries(changes), seen];
    }

    async move(bar, change) {
        const terms = this.describe(bar, change);
        const quote = await this.ask("quote_move", terms);
        if (quote?.is_priced) {
            this.rack.dialog.add(MoveDialog, {
                quote,
                onMove: (isPriceKept) => this.carryOut(terms, quote, isPriceKept),
            });
        } else if (quote) {
            await this.carryOut(terms, quote, false);
        }
    }

    async carryOut(terms, quote, isPriceKept) {
        const done = await this.ask("move_stay", [...terms, quote.new_total, isPriceKept]);
        if (done) {
            this.rack.notification.add(done.message, { type: "success" });
            await this.rack.load();
        }
        return Boolean(done);
    }

    async assign(bar) {
        const done = await this.ask("assign_stay", [bar.id]);
        if (done) {
            await this.finish(done);
        }
    }

    async assignDay() {
        const done = await this.ask("assign_day", [this.rack.propertyId]);
        if (done) {
            await this.finish(done);
        }
    }

    async finish({ message, left }) {
        this.rack.notification.add(message, { type: left ? "warning" : "success", sticky: Boolean(left) });
        await this.rack.load();
    }

    /** Ask the server; a refusal is said in its words, and the rack is shown as it is now. */
    async ask(method, args) {
        try {
            return await this.rack.orm.call(RACK, method, args);
        } catch (error) {
            const text = error.data?.message || _t("The connection is lost. Nothing was changed.");
            this.rack.notification.add(text, { type: "danger", sticky: true });
            await this.rack.refresh();
        }
    }
}
