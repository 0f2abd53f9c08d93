// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { FieldRules } from "@exchange_contact_sync/field_rules/field_rules";

const EMAIL = { key: "email", default: "both" };
const NOTE = { key: "note", default: "pull" };

/** The component with some rules; what it saves is noted in `saved`. */
function fieldRules(rules) {
    allowTranslations();
    const component = Object.create(FieldRules.prototype);
    component.saved = [];
    component.props = {
        name: "rules",
        record: {
            data: { rules, field_rule_choices: [EMAIL, NOTE] },
            update: async (values) => component.saved.push(values),
        },
    };
    return component;
}

describe.current.tags("headless");

test("a value without a rule travels as by default", () => {
    const rules = fieldRules(false);
    expect(rules.directionOf(EMAIL)).toBe("both");
    expect(rules.directionOf(NOTE)).toBe("pull");
    expect(rules.isChanged(NOTE)).toBe(false);
    expect(String(rules.labelOf(NOTE))).toBe("From Exchange only");
});

test("a rule is shown as a change", () => {
    const rules = fieldRules({ email: "none" });
    expect(rules.directionOf(EMAIL)).toBe("none");
    expect(rules.isChanged(EMAIL)).toBe(true);
    expect(rules.isChanged(NOTE)).toBe(false);
});

test("a direction that does not exist is not chosen", () => {
    const rules = fieldRules({ email: "sideways", note: "push" });
    expect(rules.chosen).toEqual({ note: "push" });
    expect(rules.directionOf(EMAIL)).toBe("both");
});

test("only what differs from the default is saved", async () => {
    const rules = fieldRules({ email: "none", note: "push" });
    await rules.choose([EMAIL], "pull");
    await rules.choose([EMAIL], "both");
    await rules.choose([NOTE], "pull");
    expect(rules.saved).toEqual([
        { rules: { email: "pull", note: "push" } },
        { rules: { note: "push" } },
        { rules: { email: "none" } },
    ]);
    expect(rules.props.record.data.rules).toEqual({ email: "none", note: "push" });
});
