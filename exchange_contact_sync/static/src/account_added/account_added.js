// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { registry } from "@web/core/registry";

/**
 * A mailbox was connected: tell so at the top, with a way to its settings, until the
 * user closes it.
 */
function accountAdded(env, { params }) {
    const { action, notification } = env.services;
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
