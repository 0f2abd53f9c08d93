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
        "a photo that arrived without an answer is not written again",
        "core/photo.py",
        "if now and now == self.sent:",
        "if False:",
        PHOTOS,
    ),
    Mutant(
        "a photo that we were replacing was taken away by nobody",
        "core/photo.py",
        "if self.sent and not now:",
        "if False:",
        PHOTOS,
    ),
    Mutant(
        "a photo that was saved anew is no change",
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
        "contacts without the categories stay out",
        "core/policy.py",
        "return chosen is (self.admission is Admission.WITH)",
        "return chosen",
        RULES,
    ),
    Mutant(
        "an override for one part of an address goes where the other parts go",
        "core/reconcile.py",
        "pulled = {**granted.pull, **merged.pull}",
        "pulled = {**merged.pull, **granted.pull}",
        (f"{CORE}/test_reconcile_cases.py",),
    ),
    Mutant(
        "a pair stopped before its contact was read is not one whose contact is gone",
        "engine/pull/apply_changes.py",
        "    _store_that_they_exist(session, ignored)\n",
        "",
        MOVES,
    ),
)
