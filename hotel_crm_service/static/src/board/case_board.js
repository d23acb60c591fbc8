import { onWillUnmount } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { KanbanController } from "@web/views/kanban/kanban_controller";

const REFRESH = 60_000; // ms: deadlines pass without anybody doing anything
const GATHER = 500; // ms: many cases change at once
const NOTICE = "hotel_crm_service.cases_changed";
const CHANNEL = "hotel_cases";

/** The board of cases: loads again when the bus says that cases have changed. */
export class CaseBoardController extends KanbanController {
    setup() {
        super.setup();
        const bus = useService("bus_service");
        let soon, later;
        // not put off by what follows: in a rush something always does
        const refreshSoon = () => {
            soon ??= browser.setTimeout(() => {
                soon = undefined;
                this.refresh();
            }, GATHER);
        };
        const onChanged = ({ again }) => {
            refreshSoon();
            if (again) {
                browser.clearTimeout(later);
                later = browser.setTimeout(refreshSoon, again * 1000);
            }
        };
        bus.addChannel(CHANNEL);
        bus.subscribe(NOTICE, onChanged);
        useBus(bus, "BUS:RECONNECT", refreshSoon);
        const timer = browser.setInterval(() => this.refresh(), REFRESH);
        onWillUnmount(() => {
            bus.unsubscribe(NOTICE, onChanged);
            bus.deleteChannel(CHANNEL);
            browser.clearInterval(timer);
            browser.clearTimeout(soon);
            browser.clearTimeout(later);
        });
    }

    /** Load again without disturbing whoever drags, types or has selected something. */
    async refresh() {
        const busy = document.hidden || document.querySelector(".o_dragged, .o_kanban_quick_create, .modal");
        if (!busy && !this.model.root.selection?.length) {
            await this.model.load().catch(() => {});
        }
    }
}

registry.category("views").add("hotel_case_board", { ...kanbanView, Controller: CaseBoardController });
