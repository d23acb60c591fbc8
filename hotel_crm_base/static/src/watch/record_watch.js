import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, onWillUnmount, xml } from "@odoo/owl";

const PAUSE = 2000;

/** Reads a record again every two seconds while a job works on it, so that its progress is seen.
 *
 * In a form: <widget name="hotel_record_watch" running="waiting,running"/>, with the values of "state" meant.
 */
export class RecordWatch extends Component {
    static template = xml`<span/>`;
    static props = { ...standardWidgetProps, running: { type: Array, element: String } };

    setup() {
        this.isReading = false;
        const timer = setInterval(() => this.refresh(), PAUSE);
        onWillUnmount(() => clearInterval(timer));
    }

    async refresh() {
        const record = this.props.record;
        if (this.isReading || !record.resId || !this.props.running.includes(record.data.state)) {
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

registry.category("view_widgets").add("hotel_record_watch", {
    component: RecordWatch,
    extractProps: ({ attrs }) => ({ running: attrs.running.split(",") }),
});
