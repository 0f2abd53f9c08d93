// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { Component, onMounted, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { uuid } from "@web/core/utils/strings";

const NO_ANSWER = "exchange_contact_sync.no_answer";

/**
 * Waits for the mail server. It can be cancelled at once; if the server does not answer,
 * it says so and can ask again. What was typed below it stays.
 */
export class AskServerDialog extends Component {
    static template = "exchange_contact_sync.AskServerDialog";
    static components = { Dialog };
    static props = {
        close: Function,
        waiting: String,
        ask: Function, // (key of the attempt) => promise of an action
        cancel: Function, // (key of the attempt)
        answered: Function, // (action)
        failed: Function, // (error)
    };

    setup() {
        this.state = useState({ message: "" });
        this.attempt = "";
        onMounted(() => this.ask());
    }

    get title() {
        return this.state.message ? _t("The mail server does not answer") : _t("Please wait");
    }

    async ask() {
        const attempt = uuid();
        this.attempt = attempt;
        this.state.message = "";
        let action;
        try {
            action = await this.props.ask(attempt);
        } catch (error) {
            return this.attempt === attempt && this.end(() => this.props.failed(error));
        }
        if (this.attempt !== attempt) {
            return;
        }
        if (action?.tag === NO_ANSWER) {
            this.state.message = action.params.message;
        } else {
            this.end(() => this.props.answered(action));
        }
    }

    cancel() {
        const isWaiting = !this.state.message;
        const attempt = this.attempt;
        this.end(() => this.props.cancel(isWaiting ? attempt : ""));
    }

    end(tell) {
        this.attempt = "";
        this.props.close();
        tell();
    }
}

/**
 * Call a method that asks the mail server, and wait in a dialog.
 *
 * @param {Object} env with the services of the web client
 * @param {string} waiting what is waited for
 * @param {Function} ask called with the key of the attempt; returns a promise of an
 *      action
 * @param {Function} [giveUp] called with the key of an attempt that was cancelled
 * @returns {Promise<Object|undefined>} `action`; undefined if the user cancelled
 */
export function askServer(env, waiting, ask, giveUp = () => {}) {
    return new Promise((resolve, reject) => {
        env.services.dialog.add(AskServerDialog, {
            waiting: String(waiting),
            ask,
            answered: (action) => resolve({ action }),
            failed: reject,
            cancel: (attempt) => {
                if (attempt) {
                    giveUp(attempt);
                }
                resolve();
            },
        });
    });
}

/** Where nobody waits in a dialog, a notification says that the server did not answer. */
function noAnswer(env, { params }) {
    env.services.notification.add(params.message, { type: "warning" });
    return { type: "ir.actions.act_window_close" };
}

registry.category("actions").add(NO_ANSWER, noAnswer);
