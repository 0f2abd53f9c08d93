# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rules of synchronization, each with a change that removes it.

The rules about the parts of a contact are in ``of_contacts.py``, and those about
refused and unanswered requests in ``of_answers.py``.
"""

from __future__ import annotations

from .mutant import CORE, ENGINE, Mutant

MERGE = (f"{CORE}/test_merge_cases.py", f"{ENGINE}/test_edits.py")
FIRST = (f"{CORE}/test_matching.py", f"{ENGINE}/test_first_runs.py")
DELETIONS = (f"{ENGINE}/test_deletions.py",)
GUARD = (f"{ENGINE}/test_deletion_guard.py",)
PREVIEW = (f"{ENGINE}/test_preview.py",)
DECISIONS = (f"{ENGINE}/test_decisions.py",)
MOVED_OUT = (f"{ENGINE}/test_moved_out.py",)
CRASHES = (f"{ENGINE}/test_interruptions.py",)
SLICES = (f"{ENGINE}/test_slices.py",)
CAPTURE = (f"{ENGINE}/test_edits.py", f"{ENGINE}/test_unchanged_runs.py")
MOVES = (f"{ENGINE}/test_moves.py", f"{ENGINE}/test_first_runs.py")

MUTANTS = (
    # Three-way merge, field by field
    Mutant(
        "a conflict follows the policy",
        "core/merge.py",
        "Change.BOTH_DIFFERENT: Fate.CONFLICT",
        "Change.BOTH_DIFFERENT: Fate.TAKE_THEIRS",
        MERGE,
    ),
    Mutant(
        "the later edit wins; at equal times Exchange does",
        "core/merge.py",
        "return Side.ODOO if ours_is_newer else Side.EXCHANGE",
        "return Side.EXCHANGE if ours_is_newer else Side.ODOO",
        MERGE,
    ),
    Mutant(
        "the same change on both sides is no conflict",
        "core/merge.py",
        "Change.BOTH_SAME: Fate.LEAVE",
        "Change.BOTH_SAME: Fate.CONFLICT",
        MERGE,
    ),
    Mutant(
        "a cleared field is synchronized",
        "core/changes.py",
        "    if here and there:\n",
        "    if not ours[key] or not theirs[key]:\n        return Change.NOBODY\n"
        "    if here and there:\n",
        MERGE,
    ),
    Mutant(
        "the other value is written to both sides",
        "engine/synchronizer.py",
        "        carry_out_requests(session)\n        push(session)",
        "        push(session)",
        DECISIONS,
    ),
    Mutant(
        "additions and removals of both sides to a set all survive",
        "core/fields.py",
        'Field("categories", "Categories", Kind.SET)',
        'Field("categories", "Categories")',
        (f"{CORE}/test_set_cases.py", f"{ENGINE}/test_sets.py"),
    ),
    # Matching
    Mutant(
        "people are recognized by e-mail",
        "core/similarity.py",
        "        return Key.EMAIL\n",
        "        return None\n",
        FIRST,
    ),
    Mutant(
        "people are recognized by name and company",
        "core/similarity.py",
        "        return Key.NAME_COMPANY\n",
        "        return None\n",
        FIRST,
    ),
    Mutant(
        "people are recognized by name and phone",
        "core/similarity.py",
        "        return Key.NAME_PHONE\n",
        "        return None\n",
        FIRST,
    ),
    Mutant(
        "a contact that matches several partners waits for a decision",
        "core/matching.py",
        "if mine == [pair] and self._is_first(pair, others):",
        "if mine:",
        FIRST,
    ),
    Mutant(
        "a partner linked to another contact is no candidate",
        "core/matching.py",
        "                if not pair.candidate.linked:\n",
        "                if pair:\n",
        FIRST,
    ),
    Mutant(
        "an archived match stays archived",
        "engine/pull/linking.py",
        "if pair.ours and pair.ours.active and not by_person:",
        "if pair.ours and not by_person:",
        FIRST,
    ),
    Mutant(
        "a contact that cannot be read is not exported a second time",
        "engine/pull/apply_changes.py",
        "batch.evidence = _evidence_of_unread(session, unread)",
        "batch.evidence = []",
        FIRST,
    ),
    Mutant(
        "a person's answer decides who a contact is",
        "engine/pull/unlinked.py",
        "known = {**by_key, **_chosen(session, entries)}",
        "known = by_key",
        DECISIONS,
    ),
    # Deletions
    Mutant(
        "a deletion in Exchange is kept by default",
        "core/plan.py",
        "(Theirs.GONE, Ours.SAME, K): Action.STOP",
        "(Theirs.GONE, Ours.SAME, K): Action.ARCHIVE_OURS",
        DELETIONS,
    ),
    Mutant(
        "a deletion in Odoo is kept by default",
        "core/plan.py",
        "(Theirs.SAME, Ours.ARCHIVED, K): Action.STOP",
        "(Theirs.SAME, Ours.ARCHIVED, K): Action.DELETE_THEIRS",
        DELETIONS,
    ),
    Mutant(
        "only contacts we created are deleted in Exchange",
        "core/plan.py",
        "if action is Action.DELETE_THEIRS and not may_be_deleted:",
        "if False:",
        DELETIONS,
    ),
    Mutant(
        "an edit in Odoo takes precedence over a deletion in Exchange",
        "core/plan.py",
        "(Theirs.GONE, Ours.CHANGED, D): Action.CREATE_THEIRS",
        "(Theirs.GONE, Ours.CHANGED, D): Action.ARCHIVE_OURS",
        DELETIONS,
    ),
    Mutant(
        "an edit in Exchange takes precedence over a deletion in Odoo",
        "core/plan.py",
        "(Theirs.CHANGED, Ours.ARCHIVED, D): Action.UNARCHIVE_OURS",
        "(Theirs.CHANGED, Ours.ARCHIVED, D): Action.DELETE_THEIRS",
        DELETIONS,
    ),
    Mutant(
        "a stopped pair can start again",
        "core/plan.py",
        "START: dict[tuple[Theirs, Ours], Action] = {\n"
        "    (Theirs.SAME, Ours.SAME): Action.MERGE",
        "START: dict[tuple[Theirs, Ours], Action] = {\n"
        "    (Theirs.SAME, Ours.SAME): Action.LEAVE",
        (*DECISIONS, f"{CORE}/test_requested_plan.py"),
    ),
    Mutant(
        "a partner that is selected again is synchronized again",
        "core/plan.py",
        "RESUMABLE = (Reason.ARCHIVED, Reason.LEFT)",
        "RESUMABLE = ()",
        DELETIONS,
    ),
    # The deletion guard
    Mutant(
        "too many deletions stop a run",
        "core/guard.py",
        "return Verdict.TOO_MANY_DELETIONS if too_many else Verdict.GO",
        "return Verdict.GO",
        GUARD,
    ),
    Mutant(
        "a side that is suddenly empty stops a run",
        "core/guard.py",
        "        return Verdict.SIDE_SUDDENLY_EMPTY\n",
        "        return Verdict.GO\n",
        GUARD,
    ),
    Mutant(
        "a started contact that was moved out is not created again",
        "core/plan.py",
        "if action is Action.CREATE_THEIRS and moved_out:",
        "if False:",
        MOVED_OUT,
    ),
    Mutant(
        "a contact created without an answer and moved out is not created again",
        "engine/push/recover.py",
        "moved = _moved_out(session, [k for k in missing if k.partner])",
        "moved: set[int] = set()",
        MOVED_OUT,
    ),
    # Preview
    Mutant(
        "a preview writes nothing in the mailbox",
        "engine/preview/preview.py",
        "        remote=remote,",
        "        remote=setup.remote,",
        PREVIEW,
    ),
    # Undo
    Mutant(
        "undo removes contacts that the run created",
        "core/plan.py",
        "    (UserRequest.WITHDRAW, Theirs.SAME, Ours.SAME): Action.ARCHIVE_OURS,\n",
        "",
        DECISIONS,
    ),
    Mutant(
        "undo keeps values that were changed since",
        "core/user_requests.py",
        "    return all(\n        _is(key, side, override.was",
        "    return True or all(\n        _is(key, side, override.was",
        DECISIONS,
    ),
    Mutant(
        "undo does not delete a contact that was edited",
        "engine/push/delete.py",
        "return None if answer.ref.version == ref.version else ContactChanged()",
        "return None",
        DECISIONS,
    ),
    Mutant(
        "undo keeps the values of a set that both sides had before",
        "core/undo.py",
        "left = tuple(key for key in mixed if key in SETS)",
        "left = ()",
        (f"{CORE}/test_undo.py",),
    ),
    # Crashes
    Mutant(
        "an unacknowledged write does not count as an edit in Exchange",
        "core/comparison.py",
        "after_reading(\n"
        "            base.within(carries), theirs, reference_data, behavior,"
        " read=read\n"
        "        )",
        "base.within(carries)",
        (f"{ENGINE}/test_edits.py",),
    ),
    Mutant(
        "a contact is recognized by its sync key in any folder",
        "engine/pull/identify.py",
        "by_key = links_by_keys(session, [contact.ref for _, contact in unlinked])",
        "by_key = {}",
        (*CRASHES, *MOVES),
    ),
    Mutant(
        "a pair with values to send to Exchange stays dirty until they are sent",
        "engine/apply/merge.py",
        "pair.current_link.to_be_sent(outcome.base)",
        "replace(pair.current_link.synced(), base=outcome.base)",
        CRASHES,
    ),
    # Slices
    Mutant(
        "a slice stops when its time is up",
        "engine/session.py",
        "            raise OutOfTime",
        "            return",
        SLICES,
    ),
    Mutant(
        "a slice without time still finishes a batch",
        "engine/session.py",
        "if self._made_progress and self.clock",
        "if self.clock",
        SLICES,
    ),
    # Change capture
    Mutant(
        "an edit made while the mailbox is written does not count as sent",
        "engine/push/update.py",
        ".agreed(base, todo.change_token)",
        ".agreed(base, session.partners.fetch([todo.pair.link.partner])["
        "todo.pair.link.partner].change_token)",
        CAPTURE,
    ),
    Mutant(
        "our own writes do not count as changes",
        "engine/pull/collect.py",
        "return known and bool(ref.version) and link.version == ref.version",
        "return False",
        CAPTURE,
    ),
    # Changes during a run
    Mutant(
        "a forgotten state does not count as deletions",
        "engine/pull/collect.py",
        "            if restarted or not state:\n                raise\n",
        "            raise\n",
        (*MOVES, f"{ENGINE}/test_failures.py"),
    ),
    Mutant(
        "a moved contact is looked for before it counts as a copy",
        "engine/pull/apply_changes.py",
        "batch.moved += missing_originals(session, unlinked)",
        "batch.moved += []",
        MOVES,
    ),
    Mutant(
        "an unreadable moved contact does not count as deleted",
        "engine/pull/apply_changes.py",
        "unread = may_be_unread(session, [link for _entry, link in linked])",
        "unread = set()",
        MOVES,
    ),
    Mutant(
        "a contact that is linked again keeps its sync key",
        "engine/pull/linking.py",
        "key = keys.get(item.entry.id) or session.new_sync_key()",
        "key = session.new_sync_key()",
        MOVES,
    ),
    Mutant(
        "a moved contact without a sync key is recognized by its values",
        "engine/pull/identify.py",
        "    if left and missing:\n",
        "    if False:\n",
        MOVES,
    ),
    Mutant(
        "a new version without new content is no change",
        "engine/pairs.py",
        "comparison.edited_in_exchange or _has_new_photo(pair)",
        "True",
        (*DELETIONS, *CAPTURE),
    ),
)
