import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

const [DESK, NOTICE] = ["hotel.call.desk", "hotel_crm_callcenter.call"];

/** Shows on every screen of an agent who calls: the bus names the call, the rest is asked for. */
export const callPopService = {
    dependencies: ["action", "bus_service", "notification", "orm"],
    async start(env, { action, bus_service, notification, orm }) {
        if (!(await user.hasGroup("hotel_crm_base.group_call_agent"))) {
            return {};
        }
        const shown = new Map();
        const listeners = new Set();

        function close(id) {
            shown.get(id)?.();
            shown.delete(id);
        }

        async function pop(id) {
            const call = await orm.silent.call(DESK, "get_pop", [id]);
            if (!call || call.state === "talking") {
                close(id);
            } else if (!shown.has(id)) {
                const open = () => action.doAction("hotel_crm_callcenter.hotel_call_desk_action");
                const buttons = [{ name: _t("Open the desk"), primary: true, onClick: open }];
                const title = _t("Call from %s", call.who);
                shown.set(id, notification.add(call.text || _t("The telephone rings"), { title, sticky: true, type: "info", buttons }));
            }
        }

        bus_service.subscribe(NOTICE, ({ call_id: id }) => {
            listeners.forEach((listener) => listener(id));
            pop(id);
        });
        bus_service.start();
        return {
            /** Let somebody hear of calls that change; returns how to stop that. */
            listen(listener) {
                listeners.add(listener);
                return () => listeners.delete(listener);
            },
        };
    },
};

registry.category("services").add("hotel_call_pop", callPopService);
