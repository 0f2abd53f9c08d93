// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

/**
 * What was typed into a form and is not saved, so that it can be typed again after the
 * record was read anew.
 *
 * @param {Object} record of the relational model
 * @param {string[]} names of the changed fields
 * @returns {Object} `values` and ids of `lists` by field, and values of `lines` by field
 *      and id of the line
 */
export function typedChoices(record, names) {
    const values = {};
    const lists = {};
    const lines = {};
    for (const name of names) {
        const { type } = record.fields[name];
        const value = record.data[name];
        if (type === "many2many") {
            lists[name] = [...value.currentIds];
        } else if (type === "one2many") {
            lines[name] = value.records
                .filter((line) => line.dirty)
                .map((line) => [line.resId, changed(line)]);
        } else {
            values[name] = value;
        }
    }
    return { values, lists, lines };
}

function changed(line) {
    const editable = line.fieldNames.filter((name) => !line.fields[name].readonly);
    return Object.fromEntries(editable.map((name) => [name, line.data[name]]));
}

/** Type again what :js:func:`typedChoices` found. */
export async function typeAgain(record, { values, lists, lines }) {
    if (Object.keys(values).length) {
        await record.update(values);
    }
    for (const [name, ids] of Object.entries(lists)) {
        const list = record.data[name];
        const before = list.currentIds;
        await list.addAndRemove({
            add: ids.filter((id) => !before.includes(id)),
            remove: before.filter((id) => !ids.includes(id)),
        });
    }
    for (const [name, changes] of Object.entries(lines)) {
        for (const [id, typed] of changes) {
            const line = record.data[name].records.find(({ resId }) => resId === id);
            await line?.update(typed);
        }
    }
}
