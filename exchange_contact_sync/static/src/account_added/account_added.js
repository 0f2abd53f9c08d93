// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { registry } from "@web/core/registry";

const announced = new Set();

/** Whether it was said that an account is connected. */
export function isAnnounced(account) {
    return announced.has(account);
}

/**
 * Call a function when the settings of an account are shown, however they were opened.
 *
 * @param {Object} env with the services of the web client
 * @param {number} account
 * @param {Function} arrived
 * @returns {Function} stops waiting for it
 */
function onSettings(env, account, arrived) {
    const shown = () => {
        const { action, props } = env.services.action.currentController || {};
        if (action?.res_model === "exchange.account" && props?.resId === account) {
            arrived();
        }
    };
    env.bus.addEventListener("ACTION_MANAGER:UI-UPDATED", shown);
    return () => env.bus.removeEventListener("ACTION_MANAGER:UI-UPDATED", shown);
}

/**
 * A banner about a mailbox that was just connected, with a link to its settings. It
 * stays until the user closes it or opens them.
 */
function accountAdded(env, { params }) {
    const { action, notification } = env.services;
    announced.add(params.account);
    const stop = onSettings(env, params.account, () => close());
    const close = notification.add(params.message, {
        title: params.title,
        type: "success",
        sticky: true,
        onClose: stop,
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
