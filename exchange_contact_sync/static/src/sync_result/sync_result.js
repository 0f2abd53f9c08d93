// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { atRest } from "./at_rest";
import { watched } from "./watched";

const ENDED = "exchange_contact_sync/ended";
const IN_USE = [
    ".modal",
    ".o-dropdown--menu",
    ".o_searchview_autocomplete",
    ".o_data_row_selected",
    ".o_record_selected",
    ".o_selected_row",
].join();

/** Read the list of contacts again, unless somebody is in the middle of something. */
async function reloadContacts({ services }) {
    if (!(await atRest())) {
        return;
    }
    const controller = services.action.currentController;
    const isList =
        controller?.action.res_model === "res.partner" &&
        ["list", "kanban"].includes(controller.view?.type);
    if (isList && !document.querySelector(IN_USE)) {
        await services.action.doAction("soft_reload");
    }
}

/** Says when a synchronization that its owner asked for has ended, with a link. */
export const syncResult = {
    dependencies: ["action", "bus_service", "notification"],
    start(env, { action, bus_service, notification }) {
        bus_service.subscribe(ENDED, async ({ account, run, type, sticky, title, message }) => {
            if (watched.has(account)) {
                return;
            }
            const close = notification.add(message, {
                title,
                type,
                sticky,
                buttons: [
                    {
                        name: _t("Show changes"),
                        onClick: () => {
                            close();
                            action.doAction({
                                type: "ir.actions.act_window",
                                res_model: "exchange.sync.run",
                                res_id: run,
                                views: [[false, "form"]],
                            });
                        },
                    },
                ],
            });
            await reloadContacts(env);
        });
    },
};

registry.category("services").add("exchange_sync_result", syncResult);
