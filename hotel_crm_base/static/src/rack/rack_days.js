import { Component } from "@odoo/owl";
import { deserializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { toIso } from "./geometry";

/** The head of the rack: the days, and how many rooms are free on each. */
export class RackDays extends Component {
    static template = "hotel_crm_base.RackDays";
    static props = { first: Number, days: Number, today: Number, width: Number, total: Array };

    get list() {
        const { first, days, today, width, total } = this.props;
        return Array.from({ length: days }, (_each, index) => {
            const date = deserializeDate(toIso(first + index));
            const night = total[index];
            return {
                index,
                style: `left:${index * width}px;width:${width}px${width < 28 ? ";font-size:0.65rem" : ""}`,
                day: date.day,
                weekday: width > 30 ? date.toLocaleString({ weekday: "short" }) : "",
                month: (index === 0 || date.day === 1) && date.toLocaleString({ month: "short" }),
                isWeekend: date.weekday > 5,
                isToday: first + index === today,
                free: night ? night[0] : "",
                title: [
                    date.toLocaleString({ weekday: "long", year: "numeric", month: "long", day: "numeric" }),
                    night && _t("%(free)s free, %(sold)s sold", { free: night[0], sold: night[1] }),
                ].filter(Boolean).join("\n"),
            };
        });
    }
}
