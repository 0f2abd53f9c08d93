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
