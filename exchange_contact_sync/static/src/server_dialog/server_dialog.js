// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";
import { askServer } from "@exchange_contact_sync/ask_server/ask_server";

/** Buttons that ask the mail server, and what the user reads meanwhile. */
const WAITING = {
    action_authorize: _t("Signing in to the mail server…"),
    action_create: _t("Creating the folder in the mailbox…"),
    action_test: _t("Testing the connection to the mail server…"),
};
/** Those to which the password is passed as an argument. */
const WITH_PASSWORD = ["action_authorize", "action_test"];
/** Those whose attempts have keys, so that one can be cancelled. */
const CANCELLABLE = ["action_authorize"];

/**
 * A dialog whose main button asks the mail server. The password is passed as an argument,
 * so that the server does not save it with the dialog.
 */
export class ServerDialogController extends formView.Controller {
    async beforeExecuteActionButton(clickParams) {
        const { name } = clickParams;
        if (clickParams.type !== "object" || !(name in WAITING)) {
            return super.beforeExecuteActionButton(clickParams);
        }
        await this.model.root.isDirty(); // commits what was typed into the field
        const password = this.model.root.data.password || "";
        if ((await super.beforeExecuteActionButton(clickParams)) !== false) {
            if (password) {
                await this.model.root.update({ password }); // saving dropped it
            }
            await this.askServer(name, WITH_PASSWORD.includes(name) ? [password] : []);
        }
        return false;
    }

    /** Services are taken from the environment: those of the dialog end with it. */
    async askServer(name, args) {
        const { action, orm } = this.env.services;
        const { resModel, resId, context } = this.model.root;
        const call = (method, more) => orm.call(resModel, method, [[resId], ...more], { context });
        const cancellable = CANCELLABLE.includes(name);
        const answer = await askServer(
            this.env,
            WAITING[name],
            (attempt) => call(name, cancellable ? [...args, attempt] : args),
            (attempt) => cancellable && call("action_cancel_attempt", [attempt])
        );
        if (answer) {
            await action.doAction(answer.action);
        }
    }
}

registry.category("views").add("exchange_server_dialog", {
    ...formView,
    Controller: ServerDialogController,
});
