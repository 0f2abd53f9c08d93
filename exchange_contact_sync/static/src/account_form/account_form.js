// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { pick } from "@web/core/utils/objects";
import { formView } from "@web/views/form/form_view";
import { askServer } from "@exchange_contact_sync/ask_server/ask_server";
import { typeAgain, typedChoices } from "@exchange_contact_sync/account_form/typed_choices";

/** Buttons that save the choices first, because they start a synchronization. */
const SAVING = ["action_sync_now", "action_confirm_deletions"];
const SIGN_IN = ["action_authorize"];
const CREDENTIALS = ["provider_id", "email", "username", "password"];
const WITH_TYPED_CHOICES = ["action_preview"];
/** Buttons that ask the mail server, and what the user reads meanwhile. */
const ASKING = {
    action_authorize: _t("Signing in to the mail server…"),
    action_refresh_folders: _t("Asking the mail server for the folders…"),
    action_preview: _t("Comparing the contacts of both sides…"),
};
/** Buttons whose dialog hands the form something when it closes. */
const HAND_BACK = ["action_disconnect", "action_new_folder"];

/**
 * The form of an account. Saving it begins the automatic synchronization, so it is saved
 * only if its owner asks for that: by Save or Synchronize Now.
 */
export class AccountFormController extends formView.Controller {
    async beforeExecuteActionButton(clickParams) {
        const { isNew } = this.model.root;
        if (isNew || clickParams.special || SAVING.includes(clickParams.name)) {
            return super.beforeExecuteActionButton(clickParams);
        }
        const { name } = clickParams;
        const unsaved = await this.model.root.isDirty();
        const isOurs = HAND_BACK.includes(name) || name in ASKING;
        if (clickParams.type !== "object" || !(unsaved || isOurs)) {
            return true;
        }
        await this.executeUnsaved(name);
        return false;
    }

    /** Press a button without saving the choices; they stay as typed. */
    async executeUnsaved(name) {
        const { resId, resModel, context } = this.model.root;
        const typed = await this.model.root.getChanges();
        const args = [[resId]];
        if (WITH_TYPED_CHOICES.includes(name)) {
            args.push(typed);
        }
        if (SIGN_IN.includes(name)) {
            const credentials = pick(typed, ...CREDENTIALS);
            if (Object.keys(credentials).length) {
                await this.orm.write(resModel, [resId], credentials, { context });
            }
        }
        const saved = SIGN_IN.includes(name) ? CREDENTIALS : [];
        const { orm } = this.env.services;
        const call = () => orm.call(resModel, name, args, { context });
        const asking = name in ASKING && (await askServer(this.env, ASKING[name], call));
        if (name in ASKING && !asking) {
            return this.reloadTyped(undefined, saved);
        }
        const action = asking ? asking.action : await call();
        await this.actionService.doAction(action || { type: "ir.actions.act_window_close" }, {
            onClose: (infos) => this.reloadTyped(infos, saved),
        });
    }

    /**
     * Read the account again, and keep what was typed.
     *
     * @param {Object} [infos] of a dialog that was closed: `typed`, values it chose
     * @param {string[]} [saved] names of fields that were saved meanwhile
     */
    async reloadTyped(infos, saved = []) {
        if (infos?.disconnected) {
            return this.leave(infos.disconnected);
        }
        if (this.isGone || infos?.special) {
            return;
        }
        const changed = Object.keys(await this.model.root.getChanges());
        const names = changed.filter((name) => !saved.includes(name));
        const typed = typedChoices(this.model.root, names);
        Object.assign(typed.values, infos?.typed);
        await this.model.load();
        await typeAgain(this.model.root, typed);
    }

    /**
     * The account is gone: show the others, and say so. Services are taken from the
     * environment: those of the form end with it.
     */
    async leave(message) {
        this.isGone = true;
        const { action, notification } = this.env.services;
        await action.doAction("exchange_contact_sync.exchange_account_action", {
            clearBreadcrumbs: true,
            forceLeave: true,
        });
        notification.add(message, { type: "success" });
    }

    /** Looking at another page is no decision. */
    beforeVisibilityChange() {}

    /** Neither is closing the window: the browser asks. */
    async beforeUnload(ev) {
        if (await this.model.root.isDirty()) {
            ev.preventDefault();
            ev.returnValue = "Unsaved changes";
        }
    }

    async beforeLeave(options = {}) {
        if (options.forceLeave || !(await this.model.root.isDirty())) {
            return;
        }
        const answer = await this.askToSave();
        if (answer === "save") {
            return super.beforeLeave(options);
        }
        if (answer === "discard") {
            await this.model.root.discard();
        }
        return answer !== "stay";
    }

    askToSave() {
        return new Promise((resolve) => {
            this.dialogService.add(
                ConfirmationDialog,
                {
                    title: _t("Save your choices?"),
                    body: _t(
                        "You changed the settings of this account. Synchronizations follow them once they are saved."
                    ),
                    confirmLabel: _t("Save"),
                    confirm: () => resolve("save"),
                    cancelLabel: _t("Discard"),
                    cancel: () => resolve("discard"),
                    dismiss: () => resolve("stay"),
                },
                { onClose: () => resolve("stay") }
            );
        });
    }

    /** New: the same dialog as in the menu. */
    async create() {
        await this.actionService.doAction(
            await this.orm.call(this.props.resModel, "action_add", [])
        );
    }
}

registry.category("views").add("exchange_account_form", {
    ...formView,
    Controller: AccountFormController,
});
