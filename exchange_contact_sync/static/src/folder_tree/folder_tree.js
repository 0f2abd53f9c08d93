// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { Component, useState } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { counted } from "../counted/counted";

/** A folder and its subfolders. */
export class FolderNode extends Component {
    static template = "exchange_contact_sync.FolderNode";
    static components = { CheckBox };
    static props = {
        node: Object,
        isFolded: Function,
        fold: Function,
        choose: Function,
        readonly: { type: Boolean, optional: true },
    };

    get folder() {
        return this.props.node.record.data;
    }

    get id() {
        return this.props.node.record.resId;
    }

    get isFolded() {
        return this.props.isFolded(this.id);
    }

    get countLabel() {
        return counted(_t("%(count)s contact|%(count)s contacts"), this.folder.item_count);
    }

    get foldLabel() {
        return this.isFolded
            ? _t("Show the folders below %s", this.folder.name)
            : _t("Hide the folders below %s", this.folder.name);
    }

    /** The folder and all its subfolders that still exist in the mailbox. */
    get branch() {
        const collect = (node) => [node.record, ...node.children.flatMap(collect)];
        return collect(this.props.node).filter((record) => !record.data.missing);
    }

    get isBranchChosen() {
        return this.branch.every((record) => record.data.selected);
    }

    get branchLabel() {
        return this.isBranchChosen
            ? _t("Untick %s and all folders below", this.folder.name)
            : _t("Tick %s and all folders below", this.folder.name);
    }

    choose(selected) {
        return this.props.choose([this.props.node.record], selected);
    }

    chooseBranch() {
        return this.props.choose(this.branch, !this.isBranchChosen);
    }
}
FolderNode.components.FolderNode = FolderNode;

/** The contact folders of a mailbox, with a checkbox for each to import it. */
export class FolderTree extends Component {
    static template = "exchange_contact_sync.FolderTree";
    static components = { FolderNode };
    static props = { ...standardFieldProps };

    setup() {
        this.folded = useState(new Set());
    }

    get roots() {
        const { records } = this.props.record.data[this.props.name];
        const nodes = new Map(records.map((record) => [record.resId, { record, children: [] }]));
        const roots = [];
        for (const node of nodes.values()) {
            const above = nodes.get(node.record.data.parent_id?.id);
            (above ? above.children : roots).push(node);
        }
        return roots;
    }

    isFolded(id) {
        return this.folded.has(id);
    }

    fold(id) {
        if (!this.folded.delete(id)) {
            this.folded.add(id);
        }
    }

    async choose(records, selected) {
        for (const record of records) {
            if (record.data.selected !== selected) {
                await record.update({ selected });
            }
        }
    }
}

export const folderTree = {
    component: FolderTree,
    displayName: _t("Folder Tree"),
    supportedTypes: ["one2many"],
    isEmpty: () => false,
    relatedFields: [
        { name: "name", type: "char" },
        { name: "parent_id", type: "many2one", relation: "exchange.folder" },
        { name: "item_count", type: "integer" },
        { name: "missing", type: "boolean" },
        { name: "selected", type: "boolean", readonly: false },
    ],
};

registry.category("fields").add("exchange_folder_tree", folderTree);
