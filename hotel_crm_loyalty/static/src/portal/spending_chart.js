import { registry } from "@web/core/registry";
import { loadBundle } from "@web/core/assets";
import { Interaction } from "@web/public/interaction";

/** Draws what the table of months says; without a script the table stands alone. */
export class SpendingChart extends Interaction {
    static selector = ".o_hotel_spending";

    async willStart() {
        await loadBundle("web.chartjs_lib");
    }

    start() {
        const rows = [...this.el.querySelectorAll(".o_hotel_by_month tbody tr")];
        const style = getComputedStyle(this.el);
        const written = rows.map((row) => row.cells[1].textContent);
        const chart = new window.Chart(this.el.querySelector("canvas"), {
            type: "bar",
            data: {
                labels: rows.map((row) => row.cells[0].textContent.trim()),
                datasets: [
                    {
                        data: rows.map((row) => Number(row.dataset.amount)),
                        backgroundColor: style.getPropertyValue("--o-hotel-bar").trim(),
                        borderRadius: 4,
                        maxBarThickness: 36,
                    },
                ],
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                plugins: {
                    legend: { display: false },
                    tooltip: { callbacks: { label: (item) => written[item.dataIndex] } },
                },
                scales: { x: { grid: { display: false } }, y: { beginAtZero: true, ticks: { maxTicksLimit: 6 } } },
            },
        });
        this.registerCleanup(() => chart.destroy());
    }
}

registry.category("public.interactions").add("hotel_crm_loyalty.spending_chart", SpendingChart);
