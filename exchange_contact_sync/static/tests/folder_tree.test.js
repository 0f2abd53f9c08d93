// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { FolderNode, FolderTree } from "@exchange_contact_sync/folder_tree/folder_tree";

/** A folder as the form has it; what is changed is kept in its data. */
function folder(id, above, values = {}) {
    const data = {
        name: `Folder ${id}`,
        parent_id: above && { id: above },
        selected: false,
        missing: false,
        item_count: 3,
        ...values,
    };
    return {
        resId: id,
        data,
        writes: 0,
        async update(changes) {
            this.writes += 1;
            Object.assign(data, changes);
        },
    };
}

function tree(...records) {
    const component = Object.create(FolderTree.prototype);
    component.props = { name: "folders", record: { data: { folders: { records } } } };
    component.folded = new Set();
    return component;
}

function nodeOf(component, node) {
    allowTranslations();
    const found = Object.create(FolderNode.prototype);
    found.props = {
        node,
        isFolded: (id) => component.isFolded(id),
        fold: (id) => component.fold(id),
        choose: (records, selected) => component.choose(records, selected),
    };
    return found;
}

/** The ids of a tree, as nested arrays. */
const shape = (nodes) => nodes.map((node) => [node.record.resId, shape(node.children)]);

describe.current.tags("headless");

test("folders are below the ones they belong to, whatever their order", () => {
    const component = tree(folder(3, 2), folder(1), folder(2, 1), folder(4, 1));
    expect(shape(component.roots)).toEqual([[1, [[2, [[3, []]]], [4, []]]]]);
});

test("a folder whose parent is not listed is a root", () => {
    expect(shape(tree(folder(2, 9), folder(1)).roots)).toEqual([
        [2, []],
        [1, []],
    ]);
    expect(tree().roots).toEqual([]);
});

test("a folder folds and unfolds", () => {
    const component = tree(folder(1));
    const node = nodeOf(component, component.roots[0]);
    expect(node.isFolded).toBe(false);
    expect(String(node.foldLabel)).toBe("Hide the folders below Folder 1");
    component.fold(1);
    expect(node.isFolded).toBe(true);
    expect(String(node.foldLabel)).toBe("Show the folders below Folder 1");
    component.fold(1);
    expect(node.isFolded).toBe(false);
});

test("one folder is chosen without those below it", async () => {
    const records = [folder(1), folder(2, 1)];
    const component = tree(...records);
    await nodeOf(component, component.roots[0]).choose(true);
    expect(records.map((one) => one.data.selected)).toEqual([true, false]);
});

test("a branch is chosen and left out as a whole, without missing folders", async () => {
    const records = [folder(1), folder(2, 1), folder(3, 2, { missing: true }), folder(4)];
    const component = tree(...records);
    const node = nodeOf(component, component.roots[0]);
    const selected = () => records.map((one) => one.data.selected);

    expect(node.isBranchChosen).toBe(false);
    await node.chooseBranch();
    expect(selected()).toEqual([true, true, false, false]);
    expect(node.isBranchChosen).toBe(true);
    expect(String(node.branchLabel)).toBe("Untick Folder 1 and all folders below");
    await node.chooseBranch();
    expect(selected()).toEqual([false, false, false, false]);
});

test("a folder that is chosen already is not written again", async () => {
    const records = [folder(1, 0, { selected: true }), folder(2, 1)];
    const component = tree(...records);
    await nodeOf(component, component.roots[0]).chooseBranch();
    expect(records.map((one) => one.writes)).toEqual([0, 1]);
});
