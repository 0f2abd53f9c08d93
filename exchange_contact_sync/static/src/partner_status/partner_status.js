// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { press } from "../record_buttons/record_buttons";

/** The state of a contact in each of the user's mailboxes, and buttons to change it. */
export class PartnerStatus extends Component {
    static template = "exchange_contact_sync.PartnerStatus";
    static props = { ...standardFieldProps };

    get mailboxes() {
        return this.props.record.data[this.props.name] || [];
    }

    change(mailbox, key) {
        return press(this, this.props.record, "action_exchange_change", [
            mailbox.account,
            key,
        ]);
    }
}

export const partnerStatus = {
    component: PartnerStatus,
    displayName: _t("Synchronization of a Contact"),
    supportedTypes: ["json"],
};

registry.category("fields").add("exchange_partner_status", partnerStatus);
