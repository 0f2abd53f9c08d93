// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { useExternalListener } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";
import { PasswordDialogController } from "@exchange_contact_sync/password_dialog/password_dialog";

/** The dialog that connects a mailbox shows its progress; Enter presses Authorize. */
export class AddAccountController extends PasswordDialogController {
    setup() {
        super.setup();
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
    }

    onKeydown(ev) {
        const dialog = this.rootRef.el?.closest(".modal");
        const isText = ev.target.matches?.("input[type=text], input[type=password], input[type=email]");
        if (ev.key === "Enter" && isText && dialog?.contains(ev.target)) {
            ev.preventDefault();
            dialog.querySelector("footer .btn-primary[name=action_authorize]")?.click();
        }
    }

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
