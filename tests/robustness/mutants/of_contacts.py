# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rules about photos, fields and categories, each with a change that removes it."""

from __future__ import annotations

from .mutant import CORE, ENGINE, Mutant

MOVES = (f"{ENGINE}/test_moves.py",)
PHOTOS = (f"{CORE}/test_photo.py",)
RULES = (f"{CORE}/test_field_rules.py",)

OF_CONTACTS = (
    # Photos, rules, categories
    Mutant(
        "a photo whose answer was lost is not written again",
        "core/photo.py",
        "if now and now == self.sent:",
        "if False:",
        PHOTOS,
    ),
    Mutant(
        "a photo lost while we replaced it does not count as removed",
        "core/photo.py",
        "if self.sent and not now:",
        "if False:",
        PHOTOS,
    ),
    Mutant(
        "the same photo saved again is no change",
        "core/photo.py",
        "if now == self.digest:",
        "if False:",
        PHOTOS,
    ),
    Mutant(
        "one rule holds for all parts of an address",
        "core/policy.py",
        "row.group or lists.get(key) or key",
        "key",
        RULES,
    ),
    Mutant(
        "a category for exported contacts does not come back as a tag",
        "core/reference_data.py",
        "name not in self.outsiders and (self.tags is None or name in self.tags)",
        "self.tags is None or name in self.tags",
        RULES,
    ),
    Mutant(
        "contacts without the categories are not imported",
        "core/policy.py",
        "return chosen is (self.admission is Admission.WITH)",
        "return chosen",
        RULES,
    ),
    Mutant(
        "an override for a part of an address applies to the whole address",
        "core/reconcile.py",
        "pulled = {**granted.pull, **merged.pull}",
        "pulled = {**merged.pull, **granted.pull}",
        (f"{CORE}/test_reconcile_cases.py",),
    ),
    Mutant(
        "a pair stopped before its contact was read still has a contact",
        "engine/pull/apply_changes.py",
        "    _store_that_they_exist(session, ignored)\n",
        "",
        MOVES,
    ),
)
