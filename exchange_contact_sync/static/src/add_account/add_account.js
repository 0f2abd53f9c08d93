// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { onWillDestroy, useExternalListener } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";
import { isAnnounced } from "@exchange_contact_sync/account_added/account_added";
import { ServerDialogController } from "@exchange_contact_sync/server_dialog/server_dialog";

/**
 * The dialog that connects a mailbox: Enter presses Authorize. Closed without an answer
 * to its question, it still says that the mailbox is connected.
 */
export class AddAccountController extends ServerDialogController {
    setup() {
        super.setup();
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        onWillDestroy(() => this.announce());
    }

    /** Services are taken from the environment: those of the dialog end with it. */
    async announce() {
        const { resModel, resId, data } = this.model.root;
        if (data.account_id && !isAnnounced(data.account_id.id)) {
            const { action, orm } = this.env.services;
            const answer = await orm.call(resModel, "action_leave_address", [[resId]]);
            await action.doAction(answer);
        }
    }

    onKeydown(ev) {
        const dialog = this.rootRef.el?.closest(".modal");
        const isText = ev.target.matches?.("input[type=text], input[type=password], input[type=email]");
        if (ev.key === "Enter" && isText && dialog?.contains(ev.target)) {
            ev.preventDefault();
            const names = ["action_authorize", "action_sign_in"];
            const buttons = names.map((name) => `footer .btn-primary[name=${name}]`);
            dialog.querySelector(buttons.join(", "))?.click();
        }
    }
}

registry.category("views").add("exchange_add_account", {
    ...formView,
    Controller: AddAccountController,
});
