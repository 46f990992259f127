import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const POLL_MS = 1500;
const FIELDS = ["name", "state", "done", "total", "progress", "message", "cancel_requested"];

/** The progress of a background job: everywhere the same bar, with its cancel. */
export class JobProgress extends Component {
    static template = "stockex.JobProgress";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ job: null });
        onWillStart(() => this.refresh());
        this.timer = setInterval(() => this.poll(), POLL_MS);
        onWillUnmount(() => clearInterval(this.timer));
    }

    get jobId() {
        return this.props.record.data[this.props.name]?.id;
    }

    get running() {
        return ["waiting", "running"].includes(this.state.job?.state);
    }

    async refresh() {
        if (!this.jobId) {
            this.state.job = null;
            return;
        }
        const [job] = await this.orm.silent.read("stockex.job", [this.jobId], FIELDS);
        this.state.job = job;
    }

    async poll() {
        await this.refresh();
        // Also a job that ended before we first looked: the record still shows its old state.
        if (this.state.job && !this.running && this.endedId !== this.jobId) {
            this.endedId = this.jobId;
            await this.props.record.load();
        }
    }

    async cancel() {
        await this.orm.call("stockex.job", "action_cancel", [[this.jobId]]);
        await this.refresh();
    }
}

registry.category("fields").add("stockex_job_progress", {
    component: JobProgress,
    supportedTypes: ["many2one"],
});
