# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rules about refused and unanswered requests, each with a change that removes it."""

from __future__ import annotations

from .mutant import ENGINE, Mutant

PARTLY = (f"{ENGINE}/test_unanswered.py",)
LOST = (f"{ENGINE}/test_lost_deletions.py",)
BATCHES = ("tests/unit/outlook/test_batches.py",)
SERVICES = ("tests/unit/ews/test_services.py",)

FAILURES = (f"{ENGINE}/test_failures.py",)

OF_ANSWERS = (
    Mutant(
        "contacts of an unreadable folder do not count as deleted",
        "engine/pull/apply_changes.py",
        "if session.collects_again or session.unread_folders:",
        "if session.collects_again:",
        FAILURES,
    ),
    Mutant(
        "partners who may be in an unreadable folder are not exported",
        "engine/synchronizer.py",
        "if self._setup.policy.exports and not session.unread_folders:",
        "if self._setup.policy.push:",
        FAILURES,
    ),
    Mutant(
        "the id of another contact is not stored for a new one",
        "engine/push/create.py",
        "answers, taken = _with_own_ids(session, answers)",
        "taken = []",
        FAILURES,
    ),
    Mutant(
        "repeated pages are not requested without end",
        "engine/pull/collect.py",
        "if self._idle > IDLE_PAGES and not page.complete:",
        "if self._idle > 100 * IDLE_PAGES:",
        FAILURES,
    ),
    Mutant(
        "a contact without an answer does not count as failed",
        "engine/push/update.py",
        "        if isinstance(answer, Unanswered):\n            continue\n",
        "",
        PARTLY,
    ),
    Mutant(
        "a contact that is never answered stops no other",
        "engine/unanswered.py",
        "len(unanswered) == len(answers) > 1",
        "len(unanswered) == len(answers)",
        PARTLY,
    ),
    Mutant(
        "a run that left out contacts says so",
        "engine/synchronizer.py",
        "                raise session.unanswered\n",
        "                pass\n",
        PARTLY,
    ),
    Mutant(
        "a mailbox that refuses writes is still read",
        "engine/synchronizer.py",
        "            refused = error\n",
        "            raise\n",
        PARTLY,
    ),
    Mutant(
        "a contact that is not read yet is not exported again",
        "engine/pull/apply_changes.py",
        "batch.skipped += [entry] if skip else []",
        "session.tried_entries |= {entry.id} if skip else set()",
        PARTLY,
    ),
    Mutant(
        "a lost answer to a deletion keeps its reason",
        "engine/push/delete.py",
        "        session.transaction(lambda: _store_reasons(session, todos, doomed))\n",
        "",
        LOST,
    ),
    Mutant(
        "a started pair no longer counts as being deleted",
        "engine/push/delete.py",
        "link.not_deleted().failed()",
        "link.being_deleted(todo.pair.reason).failed()",
        LOST,
    ),
    Mutant(
        "a partner unarchived before the deletion was confirmed is exported again",
        "core/plan.py",
        "return Action.CREATE_THEIRS if policy.push else Action.STOP",
        "return Action.STOP",
        LOST,
    ),
    Mutant(
        "batches shrink to the number that was served",
        "outlook/batches.py",
        "self._size.served(len(answers) - len(left))",
        "pass",
        BATCHES,
    ),
    Mutant(
        "a write that timed out is not repeated",
        "outlook/batches.py",
        "        if self._kind is not Kind.READ:\n"
        "            return _unless_first(error, part, is_first), []\n"
        "        if len(part) == 1:\n            return [ContactTooLarge",
        "        if len(part) == 1:\n            return [ContactTooLarge",
        BATCHES,
    ),
    Mutant(
        "an item that is left out does not shift the others",
        "ews/operations/services.py",
        "return found[:1] or [self.nothing]",
        "return found[:1]",
        SERVICES,
    ),
)
