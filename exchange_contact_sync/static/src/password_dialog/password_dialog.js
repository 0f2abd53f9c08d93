// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";

/** Quote a button's argument: the parser of arguments reads every ' as a ". */
function asArguments(password) {
    return JSON.stringify([password]).replace(/'/g, "\\u0027");
}

/**
 * A dialog with a password that its main button passes as an argument, so that the
 * server does not save it with the dialog.
 */
export class PasswordDialogController extends formView.Controller {
    async beforeExecuteActionButton(clickParams) {
        await this.model.root.isDirty(); // commits what was typed into the field
        const password = this.model.root.data.password || "";
        const goOn = await super.beforeExecuteActionButton(clickParams);
        if (["action_authorize", "action_test"].includes(clickParams.name)) {
            clickParams.args = asArguments(password);
        }
        return goOn;
    }
}

registry.category("views").add("exchange_password_dialog", {
    ...formView,
    Controller: PasswordDialogController,
});
