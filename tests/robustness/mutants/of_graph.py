# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rules about Microsoft Graph, each with a change that removes it."""

from __future__ import annotations

from .mutant import CONTRACT, INTEGRATION, UNIT, Mutant

BOX = f"{CONTRACT}/mailbox"
SWITCHES = f"{BOX}/graph/test_switches.py"
CONNECTION = f"{BOX}/graph/test_connection.py"
JSON = (f"{UNIT}/graph/test_contacts.py",)
CODES = (f"{UNIT}/graph/test_errors.py",)
OTHERS = (f"{UNIT}/graph/test_other_servers.py",)
BUDGETS = (f"{INTEGRATION}/cloud/test_request_budgets.py",)

VERSIONS = (
    Mutant(
        "a change names the version that was read",
        "graph/writing.py",
        '    headers = {"If-Match": etag} if etag else {}\n',
        "    headers: dict[str, str] = {}\n",
        (f"{SWITCHES}::test_a_change_between_reading_and_writing_is_not_overwritten",),
    ),
    Mutant(
        "the version is compared before a change is sent",
        "graph/writing.py",
        "known.version != ref.version",
        "False",
        (f"{SWITCHES}::test_what_changed_meanwhile_is_not_overwritten",),
    ),
    Mutant(
        "a failed precondition means that the contact changed meanwhile",
        "graph/errors.py",
        "    if answer.status == 412:\n"
        "        return ContactChanged(detail_of(answer))\n",
        "",
        CODES,
    ),
    Mutant(
        "the sync key is removed whatever the version is",
        "graph/writing.py",
        '"" if always else one.etag,',
        "etag_of({'changeKey': 'x'}),",
        (f"{BOX}/test_identity.py::test_our_identity_is_removed_and_nothing_else",),
    ),
    Mutant(
        "the version is that of the etag",
        "graph/ids.py",
        'removeprefix("W/").strip(\'"\')',
        'removeprefix("W/")',
        OTHERS,
    ),
    Mutant(
        "an etag is sent back unchanged",
        "graph/ids.py",
        "    return _etag(item)\n\n\ndef _etag",
        "    return f'W/\"{version_of(item)}\"'\n\n\ndef _etag",
        OTHERS,
    ),
)

VALUES = (
    Mutant(
        "the display name is sent with each change",
        "graph/contacts/serialize.py",
        '    body: Payload = {"displayName": current.display_name or None}\n',
        "    body: Payload = {}\n",
        JSON,
    ),
    Mutant(
        "the display name is sent when the sync key is removed",
        "graph/contacts/serialize.py",
        '        "displayName": current.display_name or None,\n',
        "",
        (f"{SWITCHES}::test_removing_the_sync_key_keeps_a_display_name_of_its_own",),
    ),
    Mutant(
        "a cleared property is null",
        "graph/contacts/serialize.py",
        "    return text or None\n\n\ndef _text",
        "    return text\n\n\ndef _text",
        (f"{BOX}/test_writing.py::test_a_cleared_row_leaves_all_others_alone",),
    ),
    Mutant(
        "an extended property is deleted by null",
        "graph/contacts/serialize.py",
        "            return None\n        is_day",
        '            return ""\n        is_day',
        JSON,
    ),
    Mutant(
        "a property that null does not delete is emptied",
        "graph/contacts/serialize.py",
        "if not self.refused and not emptied:",
        "if not self.refused:",
        JSON,
    ),
    Mutant(
        "a server that refuses null gets another form",
        "graph/writing.py",
        "            self._nulls = Nulls(refused=True)\n",
        "            self._nulls = Nulls()\n",
        (f"{SWITCHES}::test_a_contact_is_created_changed_and_emptied",),
    ),
    Mutant(
        "addresses with a gap are not written as a list",
        "graph/contacts/emails.py",
        "not (stays or relabeled or has_gap)",
        "not (stays or relabeled)",
        JSON,
    ),
    Mutant(
        "a list of addresses is not sent if some addresses stay",
        "graph/contacts/emails.py",
        "not (stays or relabeled or has_gap)",
        "not (relabeled or has_gap)",
        JSON,
    ),
    Mutant(
        "a property missing in an answer does not count as blank",
        "graph/contacts/parse.py",
        "        if prop.name not in item:\n            continue\n",
        "",
        JSON,
    ),
    Mutant(
        "a note that was cut in a list is read again",
        "graph/contacts/parse.py",
        "return len(note) < CUT_AT and _lines(note) == _lines(body)",
        "return len(note) < CUT_AT",
        (f"{SWITCHES}::test_many_contacts_are_read_from_pages_whole", *JSON),
    ),
    Mutant(
        "an unreadable value does not affect the others",
        "graph/contacts/parse.py",
        "        except ValueError:\n            unreadable.append(key)\n",
        "        except KeyError:\n            unreadable.append(key)\n",
        OTHERS,
    ),
    Mutant(
        "a birthday is read in UTC",
        "graph/contacts/parse.py",
        "        return in_utc(text)\n",
        "        return text\n",
        OTHERS,
    ),
)

CHANGES = (
    Mutant(
        "an item reported as removed is deleted",
        "graph/changes.py",
        'elif "@removed" in item:',
        'elif "@gone" in item:',
        (f"{BOX}/test_changes.py::test_new_edited_and_deleted_contacts_are_reported",),
    ),
    Mutant(
        "an item both removed and changed in one page is read",
        "graph/changes.py",
        "sorted(deleted - changed.keys())",
        "sorted(deleted)",
        (f"{CONNECTION}::test_what_is_removed_and_changed_is_read",),
    ),
    Mutant(
        "a page that leads to itself is the last one",
        "graph/changes.py",
        "complete=not following or no_progress,",
        "complete=not following,",
        (f"{CONNECTION}::test_a_page_that_leads_to_itself_is_the_last",),
    ),
    Mutant(
        "a state is valid for its folder only",
        "graph/changes.py",
        "if known != folder or not is_path:",
        "if not is_path:",
        (f"{BOX}/test_changes.py::test_a_state_is_valid_for_its_own_folder_only",),
    ),
    Mutant(
        "410 ends a delta query",
        "graph/errors.py",
        "    if answer.status == 410 or has_code(answer, STATE):\n",
        "    if has_code(answer, STATE):\n",
        CODES,
    ),
    Mutant(
        "syncStateNotFound ends a delta query",
        "graph/errors.py",
        "    if answer.status == 410 or has_code(answer, STATE):\n",
        "    if answer.status == 410:\n",
        CODES,
    ),
    Mutant(
        "400 ends a delta query that has a link",
        "graph/errors.py",
        "return continued and answer.status in (400, 404)",
        "return continued and answer.status == 404",
        CODES,
    ),
    Mutant(
        "an expired link is distinguished from a deleted folder",
        "graph/changes.py",
        "        if isinstance(error, FolderGone):\n            return error\n",
        "",
        (f"{SWITCHES}::test_expired_links_are_distinguished_from_deleted_folders",),
    ),
    Mutant(
        "only links to the same server are followed",
        "graph/connection.py",
        "if not is_own or not keeps_secrets",
        "if not keeps_secrets",
        (*OTHERS, f"{CONNECTION}::test_a_link_to_another_server_is_not_followed"),
    ),
    Mutant(
        "redirections are not followed",
        "graph/connection.py",
        "    if 300 <= status < 400:\n",
        "    if False:\n",
        (f"{CONNECTION}::test_a_malformed_answer_is_reported",),
    ),
    Mutant(
        "pages of a list are followed to the end",
        "graph/pages.py",
        "if not answer.is_success or NEXT not in answer.data:",
        "if answer.is_success:",
        (
            f"{SWITCHES}::test_folders_are_found_on_pages_of_any_length",
            f"{SWITCHES}::test_contacts_are_found_on_pages_of_any_length",
        ),
    ),
    Mutant(
        "reading an endless list is stopped",
        "graph/pages.py",
        "        idle = 0 if new else idle + 1\n",
        "        idle = 0 if known else idle + 1\n"
        "        if len(known) > 10**6:\n            return\n"
        "        if not new:\n            return\n",
        (f"{SWITCHES}::test_lists_without_an_end_are_given_up",),
    ),
    Mutant(
        "our own writes are not read again",
        "graph/gateway.py",
        "        self._known = known\n",
        "",
        (f"{CONNECTION}::test_keys_of_what_is_known_are_not_read",),
    ),
    Mutant(
        "the run says which contacts it knows",
        "use_cases/wiring.py",
        "    remote.skip_keys_of("
        "lambda refs: work.read(lambda: echoes(links, refs)))\n",
        "",
        BUDGETS,
    ),
)

WAITING = (
    Mutant(
        "a request of a batch that is throttled is not answered",
        "graph/errors.py",
        "BUSY = frozenset({429, 503, 504, 509})",
        "BUSY = frozenset({503, 504, 509})",
        CODES,
    ),
    Mutant(
        "the delay in the answer is stored",
        "graph/errors.py",
        "return ServerBusy(detail_of(answer), back_off(answer) or DEFAULT_BACK_OFF)\n"
        "    found",
        "return ServerBusy(detail_of(answer), DEFAULT_BACK_OFF)\n    found",
        CODES,
    ),
    Mutant(
        "the client waits for the delay in the answer",
        "graph/errors.py",
        "isinstance(cause, ServerBusy) and back_off(answer) is None",
        "isinstance(cause, ServerBusy)",
        CODES,
    ),
    Mutant(
        "a batch has at most twenty requests",
        "graph/batch.py",
        "MAX_REQUESTS = 20\n",
        "MAX_REQUESTS = 21\n",
        (f"{CONNECTION}::test_a_batch_has_twenty_requests_at_most",),
    ),
    Mutant(
        "at most four requests are sent at once to a server that serves four",
        "graph/connection.py",
        "            size.served(at_once)\n",
        "            pass\n",
        (f"{SWITCHES}::test_a_server_that_serves_four_at_once_is_asked_for_fewer",),
    ),
    Mutant(
        "the answers of a batch are put in order",
        "graph/batch.py",
        "return [inner.get(number, UNANSWERED) for number in numbers]",
        "return list(inner.values())",
        CODES,
    ),
    Mutant(
        "a write without an answer in a batch does not affect the others",
        "graph/batch.py",
        "inner.get(number, UNANSWERED)",
        "inner[number]",
        OTHERS,
    ),
    Mutant(
        "reads without an answer in a batch are repeated",
        "graph/connection.py",
        "        if reads and not all(one.status for one in answers):\n",
        "        if False:\n",
        (f"{CONNECTION}::test_a_read_that_a_batch_does_not_answer_is_asked_again",),
    ),
    Mutant(
        "a first import reads pages",
        "graph/reading.py",
        "MIN_FOR_PAGES = 40\n",
        "MIN_FOR_PAGES = 40_000\n",
        (f"{CONNECTION}::test_an_idle_folder_costs_one_request_and_a_large_one_few",),
    ),
)

IDENTITY = (
    Mutant(
        "a new contact has its sync key",
        "graph/contacts/serialize.py",
        "extra: dict[Property, str | None] = {SYNC_KEY: sync_key}",
        "extra: dict[Property, str | None] = {}",
        (f"{BOX}/test_failures.py::test_item_created_before_a_lost_answer_is_found",),
    ),
    Mutant(
        "the oldest of several contacts with a sync key is found",
        "graph/finding.py",
        'key=lambda one: str(one.get("createdDateTime"))',
        'key=lambda one: ""',
        (f"{CONNECTION}::test_the_older_of_two_with_a_key_is_found_in_any_order",),
    ),
    Mutant(
        "sync keys are case-sensitive",
        "graph/finding.py",
        "for ref in refs if ref.sync_key == sync_key",
        "for ref in refs",
        (f"{CONNECTION}::test_a_key_in_another_case_is_another_one",),
    ),
    Mutant(
        "ids are converted to those of EWS",
        "graph/ids.py",
        '_SWAPPED = str.maketrans("/+-_", "-_/+")',
        '_SWAPPED = str.maketrans("", "")',
        CODES,
    ),
    Mutant(
        "a missing contact is reported as gone",
        "graph/errors.py",
        '        "ErrorItemNotFound": ContactGone,\n'
        '        "itemNotFound": ContactGone,\n'
        '        "ErrorInvalidIdMalformed": ContactGone,\n',
        "",
        CODES,
    ),
    Mutant(
        "a contact that is refused for any reason is invalid",
        "graph/errors.py",
        "    error_class = ContactInvalid if answer.status == 400 else ContactError\n",
        "    error_class = ContactError\n",
        CODES,
    ),
    Mutant(
        "codes are recognized in any case",
        "graph/errors.py",
        "        kind = table.get(code.casefold())\n",
        "        kind = table.get(code)\n",
        OTHERS,
    ),
    Mutant(
        "a photo that a user replaced meanwhile is not overwritten",
        "graph/photo_store.py",
        "            elif now != token:\n",
        "            elif False:\n",
        (
            f"{BOX}/test_photos.py"
            "::test_a_photo_that_a_person_changed_meanwhile_is_not_replaced",
        ),
    ),
    Mutant(
        "a token that expired is replaced",
        "graph/connection.py",
        "        if answer.status == 401:\n            self._renew()\n",
        "        if False:\n            self._renew()\n",
        (f"{CONNECTION}::test_a_token_that_expired_is_replaced_once",),
    ),
)

OF_GRAPH = (*VERSIONS, *VALUES, *CHANGES, *WAITING, *IDENTITY)
