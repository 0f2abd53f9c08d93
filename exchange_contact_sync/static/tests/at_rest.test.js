// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { expect, test } from "@odoo/hoot";
import { advanceTime } from "@odoo/hoot-mock";
import { rpcBus } from "@web/core/network/rpc";
import { atRest } from "@exchange_contact_sync/sync_result/at_rest";

const REQUEST = { data: { id: 987654 }, url: "/web/action/load", settings: {} };

async function answered(ms, promise) {
    let answer = null;
    promise.then((value) => (answer = value));
    await advanceTime(ms);
    return answer;
}

test("a page is at rest once nothing is asked", async () => {
    expect(await answered(1000, atRest())).toBe(true);
});

test("a page that waits for an answer is not at rest", async () => {
    rpcBus.trigger("RPC:REQUEST", REQUEST);
    const rest = atRest();
    expect(await answered(3000, rest)).toBe(null);
    rpcBus.trigger("RPC:RESPONSE", REQUEST);
    expect(await answered(1000, rest)).toBe(true);
});

test("a page that never comes to rest is left alone", async () => {
    rpcBus.trigger("RPC:REQUEST", REQUEST);
    const rest = atRest();
    for (let second = 0; second < 40; second++) {
        await advanceTime(1000);
    }
    expect(await answered(10, rest)).toBe(false);
    rpcBus.trigger("RPC:RESPONSE", REQUEST);
});
