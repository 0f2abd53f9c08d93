// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { registry } from "@web/core/registry";

/**
 * The page to which a user comes back from Microsoft's: the dialog that connects a
 * mailbox, or the settings of the account, with what came of the sign-in.
 */
async function signedIn(env, { params }) {
    const { action, orm } = env.services;
    const { below, then } = await orm.call("exchange.account", "after_sign_in", [], {
        dialog: params.dialog || 0,
        account: params.account || 0,
        problem: params.problem || "",
    });
    await action.doAction(below, { clearBreadcrumbs: true });
    return then;
}

registry.category("actions").add("exchange_contact_sync.signed_in", signedIn);
