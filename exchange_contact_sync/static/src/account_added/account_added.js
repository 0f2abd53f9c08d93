// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { registry } from "@web/core/registry";

const announced = new Set();

/** Whether it was said that an account is connected. */
export function isAnnounced(account) {
    return announced.has(account);
}

/**
 * A banner about a mailbox that was just connected, with a link to its settings. It
 * stays until the user closes it.
 */
function accountAdded(env, { params }) {
    const { action, notification } = env.services;
    announced.add(params.account);
    const close = notification.add(params.message, {
        title: params.title,
        type: "success",
        sticky: true,
        buttons: [
            {
                name: params.button,
                primary: true,
                onClick: () => {
                    close();
                    action.doAction(params.settings, { clearBreadcrumbs: false });
                },
            },
        ],
    });
    return { type: "ir.actions.act_window_close" };
}

registry
    .category("actions")
    .add("exchange_contact_sync.account_added", accountAdded);
