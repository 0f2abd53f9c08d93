// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { rpcBus } from "@web/core/network/rpc";
import { delay } from "@web/core/utils/concurrency";

const REST = 400;
const TRIES = 25;
const asked = new Set();
let requests = 0;

rpcBus.addEventListener("RPC:REQUEST", ({ detail }) => {
    requests += 1;
    asked.add(detail.data.id);
});
rpcBus.addEventListener("RPC:RESPONSE", ({ detail }) => asked.delete(detail.data.id));

/**
 * Wait until the page asks the server for nothing: a user who has just clicked something
 * is on the way to another page, and to reload this one would stop that.
 *
 * @returns {Promise<boolean>} whether it is at rest now, or goes on asking
 */
export async function atRest() {
    for (let attempt = 0; attempt < TRIES; attempt++) {
        const before = requests;
        await delay(REST);
        if (!asked.size && requests === before) {
            return true;
        }
    }
    return false;
}
