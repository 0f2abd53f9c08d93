// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

const MODEL = "exchange.account";
const GROUPS = [
    "exchange_contact_sync.group_import",
    "exchange_contact_sync.group_export",
];

/**
 * "Synchronize contacts" in the gear menu of contacts, without a selection.
 *
 * It takes services from the environment: calls to services of `useService` never
 * resolve once the menu has closed and this component is destroyed.
 */
export class SynchronizeMenu extends Component {
    static template = "exchange_contact_sync.SynchronizeMenu";
    static components = { Dropdown, DropdownItem };
    static props = {};

    setup() {
        this.state = useState({ accounts: [] });
    }

    async load() {
        this.state.accounts = await this.env.services.orm.call(
            MODEL,
            "contacts_menu",
            []
        );
    }

    configureLabel(account) {
        return _t("Configure %s…", account.email);
    }

    async add() {
        await this.run("action_add");
    }

    async configure(account) {
        const { action } = this.env.services;
        await action.doAction({
            type: "ir.actions.act_window",
            name: account.email,
            res_model: MODEL,
            res_id: account.id,
            views: [[false, "form"]],
        });
    }

    async synchronize() {
        await this.run("action_sync_all");
    }

    async run(method) {
        const { action, orm } = this.env.services;
        await action.doAction(await orm.call(MODEL, method, []));
    }
}

registry.category("cogMenu").add("exchange-synchronize", {
    Component: SynchronizeMenu,
    groupNumber: 10,
    isDisplayed: async ({ config, searchModel }) => {
        const shown =
            config.actionType === "ir.actions.act_window" &&
            searchModel?.resModel === "res.partner" &&
            ["list", "kanban"].includes(config.viewType);
        if (!shown) {
            return false;
        }
        const member = await Promise.all(GROUPS.map((group) => user.hasGroup(group)));
        return member.includes(true);
    },
});
