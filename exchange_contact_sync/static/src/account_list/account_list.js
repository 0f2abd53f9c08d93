// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { useService } from "@web/core/utils/hooks";
import { registry } from "@web/core/registry";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { listView } from "@web/views/list/list_view";

/** New opens the dialog that connects a mailbox, as the menu does. */
const addingAccounts = (Controller) =>
    class extends Controller {
        setup() {
            super.setup();
            this.orm = useService("orm");
            this.actionService = useService("action");
        }

        async createRecord() {
            const action = await this.orm.call(this.props.resModel, "action_add", []);
            await this.actionService.doAction(action, { onClose: () => this.model.load() });
        }
    };

registry.category("views").add("exchange_account_list", {
    ...listView,
    Controller: addingAccounts(listView.Controller),
});

registry.category("views").add("exchange_account_kanban", {
    ...kanbanView,
    Controller: addingAccounts(kanbanView.Controller),
});
