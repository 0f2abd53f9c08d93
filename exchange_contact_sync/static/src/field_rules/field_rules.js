// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The direction of each field; only directions other than the default are stored. */
export class FieldRules extends Component {
    static template = "exchange_contact_sync.FieldRules";
    static props = { ...standardFieldProps };

    setup() {
        this.unfolded = useState(new Set());
    }

    get directions() {
        return [
            ["both", _t("Both ways")],
            ["pull", _t("From Exchange only")],
            ["push", _t("To Exchange only")],
            ["none", _t("Not at all")],
        ];
    }

    /** Rules that the server would reject are shown as not chosen. */
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

    /** The fields by group, in the order of the server. */
    get groups() {
        const groups = new Map();
        for (const value of this.values) {
            const group = groups.get(value.group) || {
                key: value.group,
                label: value.group_label,
                values: [],
            };
            group.values.push(value);
            groups.set(value.group, group);
        }
        return [...groups.values()];
    }

    isUnfolded(group) {
        return this.unfolded.has(group.key);
    }

    fold(group) {
        if (!this.unfolded.delete(group.key)) {
            this.unfolded.add(group.key);
        }
    }

    /** The common direction of a group's fields, "" if they differ. */
    directionOfGroup(group) {
        const found = new Set(group.values.map((value) => this.directionOf(value)));
        return found.size === 1 ? [...found][0] : "";
    }

    labelOfGroup(group) {
        const direction = this.directionOfGroup(group);
        const known = this.directions.find(([key]) => key === direction);
        return known ? known[1] : _t("Different");
    }

    selectLabelOf(group) {
        return _t("All of the group %s", group.label);
    }

    changedIn(group) {
        const count = group.values.filter((value) => this.isChanged(value)).length;
        return count ? _t("changed: %s", count) : "";
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

    async choose(values, direction) {
        const rules = { ...this.chosen };
        for (const value of values) {
            if (direction === value.default) {
                delete rules[value.key];
            } else {
                rules[value.key] = direction;
            }
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
