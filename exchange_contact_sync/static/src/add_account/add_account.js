// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";
import { PasswordDialogController } from "@exchange_contact_sync/password_dialog/password_dialog";

/** The dialog that connects a mailbox says so while it does. */
export class AddAccountController extends PasswordDialogController {
    async beforeExecuteActionButton(clickParams) {
        const goOn = await super.beforeExecuteActionButton(clickParams);
        if (goOn !== false && clickParams.name === "action_authorize") {
            this.rootRef.el?.classList.add("o_exchange_working");
        }
        return goOn;
    }

    async afterExecuteActionButton(clickParams) {
        this.rootRef.el?.classList.remove("o_exchange_working");
        return super.afterExecuteActionButton(clickParams);
    }
}

registry.category("views").add("exchange_add_account", {
    ...formView,
    Controller: AddAccountController,
});
