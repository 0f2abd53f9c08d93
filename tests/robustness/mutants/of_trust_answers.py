# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rules about malformed answers, each with a change that removes it."""

from __future__ import annotations

from . import places
from .mutant import CONTRACT, Mutant

MALFORMED = f"{CONTRACT}/mailbox/ews/test_malformed.py"

OF_TRUST_ANSWERS = (
    Mutant(
        "invalid characters are dropped",
        places.READING,
        "            root = _strictly(_with_allowed_characters(content))\n",
        "            root = _strictly(content)\n",
        (f"{MALFORMED}::test_invalid_characters_are_left_out",),
    ),
    Mutant(
        "an answer is complete XML",
        places.READING,
        "        remove_comments=True,\n",
        "        remove_comments=True,\n        recover=True,\n",
        (f"{MALFORMED}::test_a_contact_that_cannot_be_read_stops_no_other",),
    ),
    Mutant(
        "an answer with a document type is refused",
        places.READING,
        "    if root.getroottree().docinfo.doctype:\n",
        "    if False:\n",
        (f"{MALFORMED}::test_a_malformed_page_of_changes_is_reported",),
    ),
    Mutant(
        "a contact that cannot be read stops no other",
        places.READ_ANY,
        "        return read(*args, **kwargs)\n    except UNREADABLE as error:\n",
        "        return read(*args, **kwargs)\n    except LookupError as error:\n",
        (f"{MALFORMED}::test_a_deletion_without_an_id_is_ignored",),
    ),
    Mutant(
        "an unreadable answer is reported as malformed",
        places.READ_ANY,
        "        yield\n    except UNREADABLE as error:\n",
        "        yield\n    except LookupError as error:\n",
        (f"{MALFORMED}::test_a_malformed_list_of_folders_is_reported",),
    ),
    Mutant(
        "an invalid count is read as 0",
        places.READ_ANY,
        "text.isascii() and text.isdigit() and len(text) < 16",
        "text.isdigit()",
        (f"{MALFORMED}::test_a_count_that_is_not_a_number_is_0",),
    ),
    Mutant(
        "an id that cannot be stored is refused",
        places.READ_ANY,
        "    if len(text) > LONGEST_ID:\n",
        "    if False:\n",
        (f"{MALFORMED}::test_a_contact_without_its_own_id_is_not_used",),
    ),
    Mutant(
        "an answer must be about the requested contact",
        places.MAILBOX,
        "isinstance(answer, ContactError) or answer.ref.id == ref.id:",
        "answer:",
        (f"{MALFORMED}::test_a_contact_without_its_own_id_is_not_used",),
    ),
    Mutant(
        "an update answered for another contact is read again",
        places.MAILBOX,
        '    if expected not in ("", ref.id):\n',
        "    if False:\n",
        (f"{MALFORMED}::test_an_update_answered_for_another_contact_is_read_again",),
    ),
    Mutant(
        "the number of answers must match the request",
        places.SERVICES,
        "    if len(answers) == expected:\n",
        "    if answers:\n",
        (f"{MALFORMED}::test_a_missing_or_an_extra_answer_is_assigned_to_no_contact",),
    ),
    Mutant(
        "an answer without the class of success is an error",
        places.SERVICES,
        'message.get("ResponseClass") == "Success" and code.strip() == "NoError"',
        'code.strip() == "NoError"',
        (f"{MALFORMED}::test_an_answer_without_a_response_class_is_an_error",),
    ),
    Mutant(
        "an unreadable server version is ignored",
        places.SERVICES,
        "        except UNREADABLE:\n"
        '            _logger.info("The server sent no version',
        "        except LookupError:\n"
        '            _logger.info("The server sent no version',
        (f"{MALFORMED}::test_an_unreadable_server_version_does_no_harm",),
    ),
    Mutant(
        "an item without an id stops no other",
        places.PAGE,
        "            read = or_damaged(_change, change.tag, item, folder)\n",
        "            read = _change(change.tag, item, folder)\n",
        (f"{MALFORMED}::test_an_item_without_an_id_is_reported_and_stops_no_other",),
    ),
    Mutant(
        "a page without a state is malformed",
        places.PAGE,
        "    if not (new_state or state):\n",
        "    if False:\n",
        (f"{MALFORMED}::test_a_malformed_page_of_changes_is_reported",),
    ),
    Mutant(
        "an unreadable sync key is ignored",
        places.PAGE,
        "    keys = or_damaged(keys_of, item)\n",
        "    keys = keys_of(item)\n",
        (f"{MALFORMED}::test_an_identity_that_cannot_be_read_is_ignored",),
    ),
    Mutant(
        "an unreadable day does not count as cleared",
        places.NEUTRAL,
        "                unread.append(key)\n                del values[key]\n",
        '                values[key] = ""\n',
        (f"{MALFORMED}::test_a_day_that_cannot_be_read_does_not_count_as_cleared",),
    ),
    Mutant(
        "an unreadable time counts as an early one",
        places.NEUTRAL,
        "        return datetime.fromtimestamp(0, timezone.utc)\n",
        "        raise\n",
        (f"{MALFORMED}::test_a_time_that_cannot_be_read_counts_as_1970",),
    ),
    Mutant(
        "a contact with only an id is damaged and not blank",
        places.PARSE,
        "    if len(item) < 2:\n",
        "    if not len(item):\n",
        (
            f"{MALFORMED}"
            "::test_a_contact_with_nothing_but_an_id_is_damaged_and_not_blank",
        ),
    ),
    Mutant(
        "a photo must belong to the requested contact",
        places.PHOTOS,
        '    if id_in(item, t("ItemId")) != ref.id:\n',
        "    if False:\n",
        (
            f"{CONTRACT}/mailbox/ews/test_photos.py::test_a_photo_of_another_contact_is_not_used",
        ),
    ),
)
