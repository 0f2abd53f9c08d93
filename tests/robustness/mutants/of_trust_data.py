# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rules about data of other users and about failures of single contacts, each with a
change that removes it."""

from __future__ import annotations

from . import places
from .mutant import CORE, INTEGRATION, UNIT, Mutant

RELATIONS = f"{INTEGRATION}/rights/test_relations.py"
EVERY = (f"{RELATIONS}::TestEveryRelation",)
OPTION = f"{RELATIONS}::TestCommunicationOption"
JSON = f"{INTEGRATION}/faults/test_json_columns.py"
OVER_RPC, ODD = f"{JSON}::TestMoreOverRpc", f"{JSON}::TestOddColumns"
TEXT = (f"{UNIT}/partner/test_filter_text.py",)
SAVED = f"{INTEGRATION}/accounts/test_saved_filters.py"
FORM = f"{SAVED}::TestForm"
WHAT_IS_WRONG = f"{FORM}::test_form_explains_a_broken_filter"
IN_TIME = f"{FORM}::test_slow_filter_is_reported"
ADDONS = f"{INTEGRATION}/extending/test_other_addons.py"
CREATED = (
    f"{ADDONS}::TestImported::test_error_while_creating_partners_is_reported_per_contact",
)
WHOSE = (f"{ADDONS}::TestErrorsOfTheRun",)
ERASED = (f"{INTEGRATION}/rights/test_erased.py::TestErased",)
KEPT = (f"{INTEGRATION}/screens/test_messages.py",)

OF_TRUST_DATA = (
    # What a record points at
    Mutant(
        "rights are checked on the record after the write",
        places.RELATIONS,
        "if self._check_relations(vals):\n            self.check_access(",
        "if self._check_relations(vals) is None:\n            self.check_access(",
        (f"{OPTION}::test_option_is_not_moved_to_a_readonly_contact",),
    ),
    Mutant(
        "a relation requires read access to the related record",
        places.RELATIONS,
        '                targets.check_access("read")',
        "                pass",
        EVERY,
    ),
    Mutant(
        "default values are checked like entered ones",
        places.RELATIONS,
        "        records._check_relations(self._fields)  # includes defaults",
        "        for vals in vals_list:\n            records._check_relations(vals)",
        EVERY,
    ),
    Mutant(
        "only users who may change users change a colleague's contact",
        places.COMMUNICATION,
        'colleagues(allowed if needed == "write" else allowed.browse())',
        "colleagues(allowed.browse())",
        (f"{OPTION}::test_option_is_not_moved_to_the_contact_of_a_user",),
    ),
    Mutant(
        "changing a communication option requires write access to its contact",
        places.COMMUNICATION,
        'needed = "read" if operation == "read" else "write"',
        'needed = "read"',
        (OPTION,),
    ),
    # Columns of JSON
    Mutant(
        "extra fields are checked when they are written",
        places.CHECKED_FIELDS,
        "    check(env, vals[BLOCK])\n",
        "",
        (f"{OVER_RPC}::test_invalid_extra_field_is_refused",),
    ),
    Mutant(
        "extra fields set by defaults are checked",
        places.PARTNER_MODEL,
        "            extra_fields.check(self.env, partner.more_from_exchange)",
        "            pass",
        (f"{OVER_RPC}::test_a_default_is_checked_too",),
    ),
    Mutant(
        "an extra field is a text",
        places.EXTRA_FIELDS,
        "    if not isinstance(text, str):\n        return False\n",
        "",
        (f"{ODD}::test_form_stays_readable_and_editable",),
    ),
    Mutant(
        "lost values are not cleared in Exchange",
        places.EXTRA_FIELDS,
        "    return frozenset(one for one in ours if not _is_readable("
        'one, block.get(one, "")))',
        "    return frozenset()",
        (f"{ODD}::test_lost_values_are_imported_again",),
    ),
    Mutant(
        "field rules are checked",
        places.FIELD_RULES,
        "if not isinstance(rules, dict) or not known.issuperset(rules):",
        "if False:",
        (f"{OVER_RPC}::test_field_rules_are_checked_as_well",),
    ),
    Mutant(
        "an invalid JSON column is read as empty",
        places.SHAPE,
        "    return data if isinstance(data, Mapping) else {}",
        "    return data or {}",
        (f"{CORE}/test_shape.py",),
    ),
    # Saved filters
    Mutant(
        "a saved filter is read and not executed",
        places.FILTER_TEXT,
        "domain = _Reader(text.strip(), uid, now, to_utc).value(tree.body, DEEPEST)",
        'domain = eval(compile(tree, "", "eval"), {"uid": uid})',
        TEXT,
    ),
    Mutant(
        "only a few names are allowed in a saved filter",
        places.FILTER_TEXT,
        "        if node.id not in self._names:\n"
        "            raise Unusable(Why.FORBIDDEN, node.id)\n"
        "        return self._names[node.id]",
        "        return self._names.get(node.id)",
        TEXT,
    ),
    Mutant(
        "the length of a saved filter is limited",
        places.FILTER_TEXT,
        "    if len(text) > LONGEST_TEXT:\n",
        "    if False:\n",
        TEXT,
    ),
    Mutant(
        "the number of conditions of a saved filter is limited",
        places.FILTER_TEXT,
        "    if _count(domain) > MOST_CONDITIONS:\n",
        "    if _count(domain) > 1000 * MOST_CONDITIONS:\n",
        TEXT,
    ),
    Mutant(
        "nested conditions are counted",
        places.FILTER_TEXT,
        "(_count(value) if isinstance(value, (list, tuple)) else 0)",
        "0",
        TEXT,
    ),
    Mutant(
        "the nesting of a saved filter is limited",
        places.FILTER_TEXT,
        "        if not depth:\n",
        "        if False:\n",
        TEXT,
    ),
    Mutant(
        "texts cannot be multiplied in a saved filter",
        places.FILTER_TEXT,
        "= (int, float, date, timedelta, relativedelta)",
        "= (int, float, str, date, timedelta, relativedelta)",
        TEXT,
    ),
    Mutant(
        "the size of a difference of days is limited",
        places.FILTER_TEXT,
        "        if not -MOST_UNITS <= number <= MOST_UNITS:\n",
        "        if False:\n",
        TEXT,
    ),
    Mutant(
        "any error of a saved filter is reported for that filter",
        places.FILTERS,
        "except Exception as error:  # code of other addons may raise anything",
        "except KeyError as error:",
        (WHAT_IS_WRONG,),
    ),
    Mutant(
        "the form says which part of a saved filter is wrong",
        places.FILTER_MESSAGES,
        'part = problem.part or "…"',
        'part = "…"',
        (WHAT_IS_WRONG,),
    ),
    Mutant(
        "the database stops a slow saved filter",
        places.FILTERS,
        'limit = f"{LONGEST_SEARCH}s"',
        'limit = "15s"',
        (IN_TIME,),
    ),
    Mutant(
        "a slow search is reported for the saved filter",
        places.FAILURES,
        "OF_ONE_STATEMENT = (errors.QueryCanceled, errors.ProgramLimitExceeded)",
        "OF_ONE_STATEMENT = (errors.ProgramLimitExceeded,)",
        (IN_TIME,),
    ),
    Mutant(
        "a saved filter that is not shared any more is not used",
        places.FILTERS,
        '    if not saved.with_env(env).has_access("read"):\n',
        "    if False:\n",
        (f"{SAVED}::TestSharing",),
    ),
    Mutant(
        "an unusable saved filter withdraws no contact",
        places.PARTNERS,
        "if self._exports_all or self.choice.unusable:",
        "if self._exports_all:",
        (f"{SAVED}::TestRun::test_broken_filter_withdraws_no_contact",),
    ),
    # Problems of one contact
    Mutant(
        "any error while writing a contact is reported for that contact",
        places.REFUSALS,
        "    except Exception as error:\n        if is_of_the_run",
        "    except REFUSALS as error:\n        if is_of_the_run",
        CREATED,
    ),
    Mutant(
        "a batch is split down to the contact that failed",
        places.REFUSALS,
        "            return [(to_answer or _contact_error)(env, error, work[0])]",
        "            pass\n"
        "        return [(to_answer or _contact_error)(env, error, one)"
        " for one in work]",
        CREATED,
    ),
    Mutant(
        "a reason with any content can be stored",
        places.ERRORS,
        "    return clean(detail if len(detail) <= most else",
        "    return (detail if len(detail) <= most else",
        (f"{CORE}/test_errors.py",),
    ),
    Mutant(
        "a database error of a statement does not end the run",
        places.FAILURES,
        "    if isinstance(error, OF_ONE_STATEMENT):\n        return False\n",
        "",
        WHOSE,
    ),
    Mutant(
        "an unreachable database ends the run",
        places.FAILURES,
        "isinstance(error, OF_THE_RUN) or was_interrupted(error)",
        "was_interrupted(error)",
        WHOSE,
    ),
    Mutant(
        "a contact that an app fails to read stops no other",
        places.PARTNERS,
        "answers = self.process_batch(read, work)",
        "answers = read(work)",
        (
            f"{ADDONS}::TestRead::test_error_while_reading_partners_is_reported_per_contact",
        ),
    ),
    Mutant(
        "a picture that an app fails to write stops no other",
        places.PICTURES,
        "iter(self._partners.process_batch(self._save_all, fitting))",
        "iter(self._save_all(fitting))",
        (
            f"{ADDONS}::TestPhotos::test_error_while_writing_pictures_is_reported_per_contact",
        ),
    ),
    # What is deleted with a contact, and after some time
    Mutant(
        "stored data is erased with the contact",
        places.PARTNER_MODEL,
        "        partner_content.erase_partners(self)\n",
        "",
        ERASED,
    ),
    Mutant(
        "lines of the history are erased with the contact",
        places.ERASE,
        "SET name = NULL, old_value = NULL, new_value = NULL, error_detail = NULL",
        "SET error_detail = NULL",
        ERASED,
    ),
    Mutant(
        "hashes of deleted contacts prevent another import",
        places.PASSWORDS,
        "        return secret.keyed_hash()",
        "        return None",
        ERASED,
    ),
    Mutant(
        "the history is deleted after the configured days",
        places.HISTORY,
        '[("started_at", "<", now - keep), ("state", "!=", "running")],\n',
        "\n",
        KEPT,
    ),
    Mutant(
        "lines of the history are deleted in batches",
        places.HISTORY,
        "    if len(lines) == GC_BATCH:\n        return len(lines), 1\n",
        "",
        KEPT,
    ),
    Mutant(
        "the privacy lookup finds waiting changes of the mailbox",
        places.PRIVACY,
        '    "exchange.inbox.entry": ("facts",),\n',
        "",
        (f"{INTEGRATION}/upgrade/test_lifecycle.py",),
    ),
    Mutant(
        "manually entered limits have bounds",
        places.SET_LIMITS,
        "return min(max(number, limit.least), limit.most)",
        "return number",
        (f"{INTEGRATION}/accounts/test_limits.py",),
    ),
)
