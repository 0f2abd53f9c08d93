// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";

/** As the argument of a button: its parser takes every ' for a ". */
function asArguments(password) {
    return JSON.stringify([password]).replace(/'/g, "\\u0027");
}

/**
 * A dialog with a password, which its main button hands over as an argument: the server
 * saves nothing of it with the dialog.
 */
export class PasswordDialogController extends formView.Controller {
    async beforeExecuteActionButton(clickParams) {
        await this.model.root.isDirty(); // has the field hand over what is typed
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
