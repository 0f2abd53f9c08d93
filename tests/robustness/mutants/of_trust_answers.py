# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rules about malformed answers, each with a change that removes it."""

from __future__ import annotations

from . import places
from .mutant import CONTRACT, Mutant

MALFORMED = f"{CONTRACT}/mailbox/ews/test_malformed.py"

OF_TRUST_ANSWERS = (
    Mutant(
        "what is no character is left out",
        places.READING,
        "            root = _strictly(_with_allowed_characters(content))\n",
        "            root = _strictly(content)\n",
        (f"{MALFORMED}::test_invalid_characters_are_left_out",),
    ),
    Mutant(
        "an answer is XML in full, or none",
        places.READING,
        "        remove_comments=True,\n",
        "        remove_comments=True,\n        recover=True,\n",
        (f"{MALFORMED}::test_a_contact_that_cannot_be_read_stops_no_other",),
    ),
    Mutant(
        "an answer has no document type",
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
        "an answer that cannot be read is said to be none",
        places.READ_ANY,
        "        yield\n    except UNREADABLE as error:\n",
        "        yield\n    except LookupError as error:\n",
        (f"{MALFORMED}::test_a_malformed_list_of_folders_is_reported",),
    ),
    Mutant(
        "a count is a number, or nothing is counted",
        places.READ_ANY,
        "text.isascii() and text.isdigit() and len(text) < 16",
        "text.isdigit()",
        (f"{MALFORMED}::test_a_count_that_is_not_a_number_is_0",),
    ),
    Mutant(
        "an id is one that can be kept",
        places.READ_ANY,
        "    if len(text) > LONGEST_ID:\n",
        "    if False:\n",
        (f"{MALFORMED}::test_a_contact_without_its_own_id_is_not_used",),
    ),
    Mutant(
        "an answer is about the contact that was asked for",
        places.MAILBOX,
        "isinstance(answer, ContactError) or answer.ref.id == ref.id:",
        "answer:",
        (f"{MALFORMED}::test_a_contact_without_its_own_id_is_not_used",),
    ),
    Mutant(
        "an update that is answered for another is looked at",
        places.MAILBOX,
        '    if expected not in ("", ref.id):\n',
        "    if False:\n",
        (f"{MALFORMED}::test_an_update_answered_for_another_contact_is_read_again",),
    ),
    Mutant(
        "there are as many answers as questions",
        places.SERVICES,
        "    if len(answers) == expected:\n",
        "    if answers:\n",
        (f"{MALFORMED}::test_a_missing_or_an_extra_answer_is_assigned_to_no_contact",),
    ),
    Mutant(
        "a success has the class of one",
        places.SERVICES,
        'message.get("ResponseClass") == "Success" and code.strip() == "NoError"',
        'code.strip() == "NoError"',
        (f"{MALFORMED}::test_an_answer_without_a_response_class_is_an_error",),
    ),
    Mutant(
        "a version that cannot be read is not needed",
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
        "a page without a state is no page",
        places.PAGE,
        "    if not (new_state or state):\n",
        "    if False:\n",
        (f"{MALFORMED}::test_a_malformed_page_of_changes_is_reported",),
    ),
    Mutant(
        "an identity that cannot be read is none",
        places.PAGE,
        "    keys = or_damaged(keys_of, item)\n",
        "    keys = keys_of(item)\n",
        (f"{MALFORMED}::test_an_identity_that_cannot_be_read_is_ignored",),
    ),
    Mutant(
        "a day that cannot be read is not one that was cleared",
        places.NEUTRAL,
        "                unread.append(key)\n                del values[key]\n",
        '                values[key] = ""\n',
        (f"{MALFORMED}::test_a_day_that_cannot_be_read_does_not_count_as_cleared",),
    ),
    Mutant(
        "a time that cannot be read is an early one",
        places.NEUTRAL,
        "        return datetime.fromtimestamp(0, timezone.utc)\n",
        "        raise\n",
        (f"{MALFORMED}::test_a_time_that_cannot_be_read_counts_as_1970",),
    ),
    Mutant(
        "a contact with nothing but an id is damaged and not blank",
        places.PARSE,
        "    if len(item) < 2:\n",
        "    if not len(item):\n",
        (
            f"{MALFORMED}"
            "::test_a_contact_with_nothing_but_an_id_is_damaged_and_not_blank",
        ),
    ),
    Mutant(
        "a photo is that of the contact that was asked for",
        places.PHOTOS,
        '    if id_in(item, t("ItemId")) != ref.id:\n',
        "    if False:\n",
        (
            f"{CONTRACT}/mailbox/ews/test_photos.py::test_a_photo_of_another_contact_is_not_used",
        ),
    ),
)
