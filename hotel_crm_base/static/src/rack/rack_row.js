import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { placeBar } from "./geometry";

/** The days of one row: a head of a group, a lane of stays without a room, a room, or a type. */
export class RackRow extends Component {
    static template = "hotel_crm_base.RackRow";
    static props = {
        row: Object,
        first: Number, // first day shown
        days: Number,
        width: Number, // of a day, pixels
        numbers: { optional: true }, // free and sold per day
        marked: { type: [Number, Boolean] }, // id of the stay that is marked
        canWrite: Boolean,
    };

    get row() {
        return this.props.row;
    }

    /** Bars with the places they take in pixels, and by which ends they can be drawn. */
    get bars() {
        const { first, days, width, marked, canWrite } = this.props;
        const place = (bar) => {
            const box = placeBar(bar.from, bar.to, first, days);
            if (!box) {
                return false;
            }
            const looks = [
                ["cut_left", box.isCutLeft],
                ["cut_right", box.isCutRight],
                ["marked", bar.id === marked],
                ["edge_left", canWrite && bar.state === "booked" && !box.isCutLeft],
                ["edge_right", canWrite && bar.state !== "departed" && !box.isCutRight],
            ];
            const names = ["bar", `is_${bar.state}`, ...looks.filter(([, is]) => is).map(([name]) => name)];
            return {
                id: bar.id,
                name: bar.name,
                level: bar.level,
                title: [bar.name, ...bar.flags.map(([_level, text]) => text)].join("\n"),
                look: names.map((name) => `o_hotel_rack_${name}`).join(" "),
                style: `left:${box.left * width}px;width:${box.width * width - 1}px`,
            };
        };
        return this.row.bars.map(place).filter(Boolean);
    }

    get closures() {
        const { first, days, width } = this.props;
        return this.row.closures.map((closure) => {
            const from = Math.max(closure.from - first, 0);
            const to = Math.min(closure.to - first, days);
            return { ...closure, style: `left:${from * width}px;width:${(to - from) * width}px` };
        });
    }

    get cells() {
        const { numbers, width } = this.props;
        return (numbers || []).map((night, index) => ({
            index,
            free: night ? night[0] : "",
            text: night ? _t("%(free)s free, %(sold)s sold", { free: night[0], sold: night[1] }) : "",
            sold: night ? night[1] : "",
            style: `left:${index * width}px;width:${width}px${width < 28 ? ";font-size:0.6rem" : ""}`,
            level: !night ? "none" : night[0] < 0 ? "over" : night[0] === 0 ? "full" : night[0] <= 2 ? "few" : "free",
        }));
    }
}
