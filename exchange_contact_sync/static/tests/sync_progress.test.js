// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { advanceTime, describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { SyncProgress } from "@exchange_contact_sync/sync_progress/sync_progress";

const IDLE = { state: "idle" };
const RUNNING = { state: "running", step: "push", progress: 41.9 };

/** The component of account 7; `reads` is what the server answers when it is asked. */
function progress({ reads = IDLE, dirty = false } = {}) {
    allowTranslations();
    const component = Object.create(SyncProgress.prototype);
    const counts = { asked: 0, loaded: 0 };
    Object.assign(component, {
        counted: counts,
        isStale: false,
        state: { live: IDLE },
        orm: {
            silent: {
                read: async (model, ids, names) => {
                    counts.asked += 1;
                    return [{ [names[0]]: reads }];
                },
            },
        },
        props: {
            name: "live",
            record: {
                resId: 7,
                resModel: "exchange.account",
                isDirty: async () => dirty,
                model: { load: () => (counts.loaded += 1) },
            },
        },
    });
    return component;
}

describe.current.tags("headless");

test("nothing is shown while nothing goes on", () => {
    const component = progress();
    component.show(undefined);
    expect(component.isActive).toBe(false);
    expect(component.percent).toBe(0);
});

test("the step, the percentage and the counts of a run are shown", () => {
    const component = progress();
    component.show({ ...RUNNING, came_in: 2, went_out: 0, problems: 1 });
    expect(component.isActive).toBe(true);
    expect(component.percent).toBe(41);
    expect(component.isMeasured).toBe(true);
    expect(String(component.step)).toBe("Exporting changes");
    expect(component.counts).toBe("2 imported, 1 problem");
});

test("a step without a name of its own has a general one", () => {
    const component = progress();
    component.show({ state: "running", step: "another" });
    expect(String(component.step)).toBe("Synchronizing changes");
    component.show({ state: "waiting", step: "push" });
    expect(String(component.step)).toBe("Waiting for its turn");
});

test("messages about other accounts are ignored", () => {
    const component = progress();
    component.onMessage({ account: 8, live: RUNNING });
    expect(component.isActive).toBe(false);
    component.onMessage({ account: 7, live: RUNNING });
    expect(component.isActive).toBe(true);
});

test("the record is read again when the run is over", async () => {
    const component = progress();
    await component.proceed(RUNNING);
    expect(component.counted.loaded).toBe(0);
    await component.proceed(IDLE);
    expect(component.counted.loaded).toBe(1);
    expect(component.isStale).toBe(false);
});

test("a record that is being edited is read again later", async () => {
    const component = progress({ dirty: true });
    await component.proceed(IDLE);
    expect(component.counted.loaded).toBe(0);
    expect(component.isStale).toBe(true);
});

test("the server is asked once messages stay away for too long", async () => {
    const component = progress();
    component.show(RUNNING);
    await advanceTime(9000);
    expect(component.counted.asked).toBe(0);
    component.show(RUNNING);
    await advanceTime(9000);
    expect(component.counted.asked).toBe(0);
    await advanceTime(1000);
    expect(component.counted.asked).toBe(1);
    expect(component.isActive).toBe(false);
    expect(component.counted.loaded).toBe(1);
});

test("nothing is asked once the run is over", async () => {
    const component = progress();
    component.show(RUNNING);
    component.show(IDLE);
    await advanceTime(30000);
    expect(component.counted.asked).toBe(0);
});
