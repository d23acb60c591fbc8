import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, onWillUnmount, xml } from "@odoo/owl";

const RUNNING = ["waiting", "running"];
const PAUSE = 2000;

/** Reads rules that are being tried again every two seconds, so that their progress is seen. */
export class RerunWatch extends Component {
    static template = xml`<span/>`;
    static props = { ...standardWidgetProps };

    setup() {
        this.isReading = false;
        const timer = setInterval(() => this.refresh(), PAUSE);
        onWillUnmount(() => clearInterval(timer));
    }

    async refresh() {
        const record = this.props.record;
        if (this.isReading || !record.resId || !RUNNING.includes(record.data.state)) {
            return;
        }
        this.isReading = true;
        try {
            await record.load();
        } finally {
            this.isReading = false;
        }
    }
}

registry.category("view_widgets").add("hotel_rerun_watch", { component: RerunWatch });
