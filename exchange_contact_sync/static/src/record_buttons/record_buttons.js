// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Call a method of a record as a button of the view does: the view reloads afterwards.
 *
 * @param {Component} component within a view
 * @param {Object} record
 * @param {string} name of the method
 * @param {Array} args its further arguments
 */
export function press(component, record, name, args = []) {
    return component.env.onClickViewButton({
        clickParams: { type: "object", name, args: JSON.stringify(args) },
        getResParams: () => ({
            context: record.context,
            evalContext: record.evalContext,
            resModel: record.resModel,
            resId: record.resId,
        }),
    });
}

/** A button whose label is the field's value, such as: Use "Head of Sales". */
export class FieldButton extends Component {
    static template = "exchange_contact_sync.FieldButton";
    static props = { ...standardFieldProps, action: String, className: String };

    get label() {
        return this.props.record.data[this.props.name];
    }

    press() {
        return press(this, this.props.record, this.props.action);
    }
}

export const fieldButton = {
    component: FieldButton,
    displayName: _t("Button with the Text of the Field"),
    supportedTypes: ["char"],
    extractProps: ({ options }) => ({
        action: options.action,
        className: options.class || "btn-link",
    }),
};

registry.category("fields").add("exchange_button", fieldButton);

/** The message of a line of a run, and below it the button that answers it. */
export class LineMessage extends Component {
    static template = "exchange_contact_sync.LineMessage";
    static props = { ...standardFieldProps };

    get message() {
        return this.props.record.data[this.props.name];
    }

    /** `{ action, label, icon }`, undefined if there is nothing to decide. */
    get button() {
        const { can_use_other, other_label, can_answer, can_retry } = this.props.record.data;
        if (can_use_other) {
            return { action: "action_use_other", label: other_label, icon: "fa-exchange" };
        }
        if (can_answer) {
            return { action: "action_answer", label: _t("Match…"), icon: "fa-link" };
        }
        return can_retry
            ? { action: "action_retry", label: _t("Retry"), icon: "fa-repeat" }
            : undefined;
    }

    press() {
        return press(this, this.props.record, this.button.action);
    }
}

export const lineMessage = {
    component: LineMessage,
    displayName: _t("Message with a Button"),
    supportedTypes: ["text"],
    isEmpty: () => false,
    fieldDependencies: [
        { name: "can_use_other", type: "boolean" },
        { name: "other_label", type: "char" },
        { name: "can_answer", type: "boolean" },
        { name: "can_retry", type: "boolean" },
    ],
};

registry.category("fields").add("exchange_line_message", lineMessage);

/** The numbers of a run; each opens the contacts it counts. */
export class RunNumbers extends Component {
    static template = "exchange_contact_sync.RunNumbers";
    static props = { ...standardFieldProps };

    get numbers() {
        return this.props.record.data[this.props.name] || [];
    }

    get opens() {
        return this.props.record.data.is_mine;
    }

    open(kind) {
        return press(this, this.props.record, "action_open_kind", [kind]);
    }
}

export const runNumbers = {
    component: RunNumbers,
    displayName: _t("Counters of a Synchronization"),
    supportedTypes: ["json"],
    fieldDependencies: [{ name: "is_mine", type: "boolean" }],
};

registry.category("fields").add("exchange_run_numbers", runNumbers);
