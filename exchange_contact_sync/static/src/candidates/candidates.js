// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { imageUrl } from "@web/core/utils/urls";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { press } from "../record_buttons/record_buttons";

/**
 * The candidates for an item: each partner with its distinguishing details and a button
 * that links it.
 */
export class Candidates extends Component {
    static template = "exchange_contact_sync.Candidates";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
    }

    get candidates() {
        return this.props.record.data[this.props.name].records;
    }

    get mayLink() {
        const { can_answer, line_id } = this.props.record.data;
        return can_answer || Boolean(line_id);
    }

    pictureOf(candidate) {
        return imageUrl("res.partner", candidate.resId, "avatar_128");
    }

    detailsOf(candidate) {
        const { commercial_company_name, name, city, email } = candidate.data;
        const company = commercial_company_name !== name && commercial_company_name;
        return [company, city, email].filter(Boolean).join(" · ");
    }

    linkLabelOf(candidate) {
        return _t("Link to %s", candidate.data.name || "");
    }

    open(candidate) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: candidate.resId,
            views: [[false, "form"]],
        });
    }

    link(candidate) {
        return press(this, this.props.record, "action_link_to", [candidate.resId]);
    }
}

export const candidates = {
    component: Candidates,
    displayName: _t("Possible Contacts"),
    supportedTypes: ["many2many"],
    relatedFields: [
        { name: "name", type: "char" },
        { name: "commercial_company_name", type: "char" },
        { name: "city", type: "char" },
        { name: "email", type: "char" },
    ],
};

registry.category("fields").add("exchange_candidates", candidates);
