import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, onWillUnmount, xml } from "@odoo/owl";

const RUNNING = ["checking", "loading"];
const PAUSE = 2000;

/** Reads a running import again every two seconds, so that its progress is seen. */
export class ImportWatch extends Component {
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
            if (!(await record.isDirty())) {
                await record.load();
            }
        } finally {
            this.isReading = false;
        }
    }
}

registry.category("view_widgets").add("hotel_import_watch", { component: ImportWatch });
