# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Limits on what a server sends and on waiting for it, each with a change that removes
it."""

from __future__ import annotations

from . import places
from .mutant import CONTRACT, INTEGRATION, UNIT, Mutant

LIMITS = f"{CONTRACT}/mailbox/ews/test_limits.py"
LENGTHS = (f"{UNIT}/outlook/test_lengths.py",)
TOO_MUCH = f"{INTEGRATION}/faults/test_too_much.py::TestOversizedValues"
SETTLE = f"{INTEGRATION}/schedule/test_settle.py::TestSettle"
PASSES = (f"{SETTLE}::test_temporary_fault_needs_the_owner_after_a_day",)
TROUBLE = f"{INTEGRATION}/faults/test_server_trouble.py::TestTrouble"
NEW_FOLDER = f"{INTEGRATION}/accounts/test_new_folder.py::TestNewFolder"
STATUS = (f"{UNIT}/ews/test_answers.py",)
PHOTOS = f"{CONTRACT}/mailbox/ews/test_photos.py"

OF_TRUST_LIMITS = (
    # Answers
    Mutant(
        "an answer must end in time",
        places.SOCKETS,
        "        self._until = time.monotonic() + seconds\n",
        "        self._until = time.monotonic() + 100 * seconds\n",
        (f"{LIMITS}::test_reading_slow_headers_times_out",),
    ),
    Mutant(
        "login and retries share one timeout",
        places.TLS,
        "        return super().send(request, stream, timeout, True, None, proxies)",
        "        self._rules.allowance.start(limits.ANSWER_TIMES * timeout[1])\n"
        "        return super().send(request, stream, timeout, True, None, proxies)",
        (f"{LIMITS}::test_handshakes_and_retries_share_one_timeout",),
    ),
    Mutant(
        "the size of an answer is limited",
        places.SOCKETS,
        "        if self._bytes < 0:\n",
        "        if False:\n",
        (f"{LIMITS}::test_an_answer_that_is_too_large_is_refused",),
    ),
    Mutant(
        "the size of a decompressed answer is limited",
        places.ANSWERS,
        "        if len(content) > limits.UNPACKED_BYTES:\n",
        "        if False:\n",
        (f"{LIMITS}::test_a_contact_that_is_too_large_does_not_stop_the_others",),
    ),
    Mutant(
        "only one encoding is decompressed",
        places.ANSWERS,
        "    if coding != ENCODING:\n"
        '        text = "The answer has an unexpected content encoding."\n'
        "        raise requests.exceptions.ContentDecodingError(text)\n",
        "    if coding != ENCODING:\n        yield from _received(response)\n"
        "        return\n",
        (f"{LIMITS}::test_an_answer_in_an_unknown_encoding_is_refused",),
    ),
    Mutant(
        "the nesting of an answer is limited",
        places.READING,
        "    if _TOO_DEEP(root):\n",
        "    if False:\n",
        (f"{LIMITS}::test_an_answer_nested_too_deeply_is_refused",),
    ),
    Mutant(
        "the stored text of a failure is limited",
        places.ERRORS,
        "detail if len(detail) <= most else",
        "detail if most else",
        (f"{LIMITS}::test_a_long_error_message_of_a_server_is_cut",),
    ),
    Mutant(
        "the delay of a busy server is limited",
        places.ERRORS,
        "min(max(back_off, 0.0), limits.BACK_OFF_SECONDS)",
        "max(back_off, 0.0)",
        (
            f"{LIMITS}::test_the_delay_in_retry_after_is_limited",
            f"{LIMITS}::test_the_delay_in_back_off_milliseconds_is_limited",
        ),
    ),
    # Folders
    Mutant(
        "the number of folders is limited",
        places.FOLDERS,
        "        if max(offset, len(found)) > limits.FOLDERS:\n",
        "        if False:\n",
        (f"{TOO_MUCH}::test_too_many_folders_are_reported",),
    ),
    Mutant(
        "the number of folder levels is limited",
        places.FOLDER_TREE,
        "if level < limits.FOLDER_LEVELS else",
        "if level else",
        (f"{UNIT}/ews/test_services.py",),
    ),
    Mutant(
        "one of several circular folders is at the top",
        places.FOLDER_TREE,
        '(*reversed(children[""]), *sorted(kept.values(), key=place))',
        'tuple(reversed(children[""]))',
        (f"{UNIT}/ews/test_services.py",),
    ),
    # Values
    Mutant(
        "the length of a name is limited",
        places.LENGTHS,
        "    if longest > limits.NAME_CHARACTERS:\n",
        "    if False:\n",
        LENGTHS,
    ),
    Mutant(
        "the length of a value is limited",
        places.LENGTHS,
        "    return len(text) > most",
        "    return key == NOTE and len(text) > most",
        LENGTHS,
    ),
    Mutant(
        "the length of a note is limited",
        places.LENGTHS,
        "    return len(text) > most",
        "    return key != NOTE and len(text) > most",
        LENGTHS,
    ),
    Mutant(
        "the number of categories is limited",
        places.LENGTHS,
        "len(members) > limits.MEMBERS or longest",
        "longest",
        LENGTHS,
    ),
    Mutant(
        "the length of a category is limited",
        places.LENGTHS,
        "len(members) > limits.MEMBERS or longest > limits.MEMBER_CHARACTERS",
        "len(members) > limits.MEMBERS",
        LENGTHS,
    ),
    Mutant(
        "a photo that is too large is not requested",
        places.PHOTOS,
        "isinstance(known, ContactError) or known.size <= limits.PHOTO_BYTES:",
        "known:",
        (f"{PHOTOS}::test_a_photo_that_is_too_large_is_not_asked_for",),
    ),
    Mutant(
        "the actual size of a photo is checked",
        places.PHOTOS,
        "    if len(content) > limits.PHOTO_BYTES:\n",
        "    if False:\n",
        (f"{PHOTOS}::test_a_photo_larger_than_announced_is_refused",),
    ),
    Mutant(
        "the number of pixels of a photo is limited",
        places.PICTURES,
        "    if width * height <= limits.PHOTO_PIXELS:\n",
        "    if width:\n",
        (f"{TOO_MUCH}::test_oversized_photos_are_reported_and_others_imported",),
    ),
    Mutant(
        "a photo that claims to be huge is reported as too large",
        places.PICTURES,
        "    except Image.DecompressionBombError as error:\n"
        "        return ContactTooLarge(str(error))\n",
        "    except Image.DecompressionBombError:\n        return None\n",
        (f"{TOO_MUCH}::test_oversized_photos_are_reported_and_others_imported",),
    ),
    # Temporary faults
    Mutant(
        "a maintenance page is a temporary fault",
        places.ERRORS,
        '    code = "not_a_mail_server"\n    may_pass = True\n',
        '    code = "not_a_mail_server"\n',
        PASSES,
    ),
    Mutant(
        "a disabled service is a temporary fault",
        places.ERRORS,
        '    code = "service_disabled"\n    may_pass = True\n',
        '    code = "service_disabled"\n',
        PASSES,
    ),
    Mutant(
        "a login page of a proxy is a temporary fault",
        places.MEANINGS,
        "    may_pass = True\n",
        "    may_pass = False\n",
        (f"{TROUBLE}::test_login_page_does_not_blame_the_password",),
    ),
    Mutant(
        "a temporary fault may last a day despite manual attempts",
        places.DUE_TIMES,
        "return tried and not recently",
        "return tried",
        (f"{SETTLE}::test_manual_attempts_do_not_shorten_the_wait",),
    ),
    Mutant(
        "a lasting fault needs the owner",
        places.DUE_TIMES,
        "return tried and not recently",
        "return False",
        PASSES,
    ),
    Mutant(
        "the delay grows with each failure",
        places.DUE_TIMES,
        "FIRST_DELAY * 2**doublings",
        "FIRST_DELAY",
        (f"{SETTLE}::test_temporary_fault_is_retried_with_growing_delay",),
    ),
    Mutant(
        "a created folder is stored even if folders cannot be listed",
        places.CONNECTING,
        "        except SyncError:\n            account.sudo().folders_refreshed",
        "        except LookupError:\n            account.sudo().folders_refreshed",
        (f"{NEW_FOLDER}::test_folder_is_chosen_even_if_listing_fails",),
    ),
    Mutant(
        "a lost answer is not reported as a folder that does not exist",
        places.CONNECTING,
        "    if isinstance(error, (Unreachable, AnswerMalformed)):\n",
        "    if False:\n",
        (f"{NEW_FOLDER}::test_lost_answer_is_reported_and_folder_is_listed",),
    ),
    Mutant(
        "a run that Odoo stopped is no failure of the mailbox",
        places.SYNCHRONIZE,
        "        if was_interrupted(error):\n"
        "            raise  # and the account is still due\n",
        "",
        (f"{TROUBLE}::test_timeout_of_the_worker_is_no_failure_of_the_mailbox",),
    ),
    Mutant(
        "a busy proxy is given time",
        places.STATUS,
        "_BUSY = frozenset({429, 503})",
        "_BUSY = frozenset({429})",
        STATUS,
    ),
    Mutant(
        "a web server that fails may answer later",
        places.STATUS,
        "    if status >= 500 or status in _TEMPORARY:\n",
        "    if status in _TEMPORARY:\n",
        STATUS,
    ),
    Mutant(
        "a page is no answer, with any status",
        places.STATUS,
        "    if status in (200, 500) and looks_like_soap:\n",
        "    if status == 200:\n",
        STATUS,
    ),
    Mutant(
        "a request that a proxy refuses as too large is not the contacts' fault",
        places.STATUS,
        "        return RequestTooLarge(status_text)\n",
        "        return NotAMailServer(status_text)\n",
        (f"{TROUBLE}::test_bad_answers_of_a_proxy_blame_no_contact",),
    ),
)
