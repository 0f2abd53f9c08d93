// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Which way each value of a contact travels: only what differs from the default is kept. */
export class FieldRules extends Component {
    static template = "exchange_contact_sync.FieldRules";
    static props = { ...standardFieldProps };

    get directions() {
        return [
            ["both", _t("Both ways")],
            ["pull", _t("From Exchange only")],
            ["push", _t("To Exchange only")],
            ["none", _t("Not at all")],
        ];
    }

    /** What the server would refuse to save is shown as not chosen. */
    get chosen() {
        const rules = Object.entries(this.props.record.data[this.props.name] || {});
        const known = this.directions.map(([key]) => key);
        return Object.fromEntries(
            rules.filter(([, direction]) => known.includes(direction))
        );
    }

    get values() {
        return this.props.record.data.field_rule_choices || [];
    }

    idOf(value) {
        return `${this.props.id || this.props.name}_${value.key}`;
    }

    directionOf(value) {
        return this.chosen[value.key] || value.default;
    }

    isChanged(value) {
        return this.directionOf(value) !== value.default;
    }

    labelOf(value) {
        return this.directions.find(([key]) => key === this.directionOf(value))[1];
    }

    async choose(value, direction) {
        const rules = { ...this.chosen };
        if (direction === value.default) {
            delete rules[value.key];
        } else {
            rules[value.key] = direction;
        }
        await this.props.record.update({ [this.props.name]: rules });
    }
}

export const fieldRules = {
    component: FieldRules,
    displayName: _t("Field Rules"),
    supportedTypes: ["json"],
    isEmpty: () => false,
    fieldDependencies: [{ name: "field_rule_choices", type: "json" }],
};

registry.category("fields").add("exchange_field_rules", fieldRules);
