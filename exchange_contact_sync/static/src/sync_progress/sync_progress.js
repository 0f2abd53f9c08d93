// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { Component, onWillDestroy, useEffect, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { counted } from "../counted/counted";
import { watched } from "../sync_result/watched";

const MESSAGE = "exchange_contact_sync/live";
// Messages may get lost: without one for this long during a run, read the state.
const SILENCE = 10000;

const STEPS = {
    collect: _t("Reading changes from Exchange"),
    guard: _t("Checking the deletion limit"),
    work: _t("Synchronizing changes"),
    apply_changes: _t("Importing changes"),
    user_requests: _t("Applying your decisions"),
    push: _t("Exporting changes"),
    export: _t("Exporting new contacts"),
    photos: _t("Synchronizing photos"),
};

/**
 * The progress of the account's current run.
 *
 * The record holds the first state, messages of the run update it. After the run the
 * record is reloaded, but not while the user is editing it. The record is an account or
 * a run.
 */
export class SyncProgress extends Component {
    static template = "exchange_contact_sync.SyncProgress";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ live: { state: "idle" } });
        useRecordObserver((record) => this.show(record.data[this.props.name]));
        this.isStale = false;
        useEffect(
            (dirty) => {
                if (this.isStale && !dirty) {
                    this.reload();
                }
            },
            () => [this.props.record.dirty]
        );
        useEffect(
            (account) => {
                watched.add(account);
                return () => watched.delete(account);
            },
            () => [this.account]
        );
        const bus = useService("bus_service");
        const listener = (message) => this.onMessage(message);
        bus.subscribe(MESSAGE, listener);
        onWillDestroy(() => {
            bus.unsubscribe(MESSAGE, listener);
            browser.clearTimeout(this.timer);
        });
    }

    get isOfRun() {
        return this.props.record.resModel === "exchange.sync.run";
    }

    get account() {
        const { data, resId } = this.props.record;
        return this.isOfRun ? data.account_id?.id : resId;
    }

    get isActive() {
        return this.state.live.state !== "idle";
    }

    get percent() {
        return Math.floor(this.state.live.progress || 0);
    }

    /** While the folders are being read, the total is not known yet. */
    get isMeasured() {
        return this.percent > 0;
    }

    get step() {
        const { state, step } = this.state.live;
        return state === "waiting" ? _t("Waiting for its turn") : STEPS[step] || STEPS.work;
    }

    get counts() {
        const { came_in, went_out, problems } = this.state.live;
        return [
            came_in && counted(_t("%(count)s imported|%(count)s imported"), came_in),
            went_out && counted(_t("%(count)s exported|%(count)s exported"), went_out),
            problems && counted(_t("%(count)s problem|%(count)s problems"), problems),
        ]
            .filter(Boolean)
            .join(", ");
    }

    show(live) {
        this.state.live = live || { state: "idle" };
        browser.clearTimeout(this.timer);
        if (this.isActive) {
            this.timer = browser.setTimeout(() => this.ask(), SILENCE);
        }
    }

    onMessage({ account, live }) {
        if (account === this.account && (this.isActive || !this.isOfRun)) {
            this.proceed(live);
        }
    }

    async ask() {
        const { record, name } = this.props;
        const [values] = await this.orm.silent.read(record.resModel, [record.resId], [name]);
        if (record === this.props.record) {
            await this.proceed(values[name]);
        }
    }

    async proceed(live) {
        this.show(live);
        if (this.isActive) {
            return;
        }
        this.isStale = await this.props.record.isDirty();
        if (!this.isStale) {
            await this.reload();
        }
    }

    reload() {
        this.isStale = false;
        return this.props.record.model.load();
    }
}

export const syncProgress = {
    component: SyncProgress,
    displayName: _t("Progress of a Synchronization"),
    supportedTypes: ["json"],
    isEmpty: () => false,
};

registry.category("fields").add("exchange_sync_progress", syncProgress);
