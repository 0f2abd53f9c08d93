# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rules that ./dev lint adds to the usual linters."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint import conventions, engine_ports, glossary, places, sizes
from support.rows import for_each_row

MODULE = Path("exchange_contact_sync/core/merge.py")
TEST = Path("tests/unit/test_merge.py")


def function_of(lines: int) -> str:
    return "def long():\n" + "    pass\n" * (lines - 1)


def test_a_function_of_50_lines_passes_and_one_of_51_does_not():
    assert not list(sizes.long_functions(MODULE, function_of(50)))
    assert list(sizes.long_functions(MODULE, function_of(51)))


def test_a_file_of_400_lines_passes_and_one_of_401_does_not():
    assert not list(sizes.long_file(MODULE, "\n" * 400))
    assert list(sizes.long_file(MODULE, "\n" * 401))
    assert not list(sizes.long_file(Path("README.rst"), "\n" * 401))


def test_the_license_may_follow_the_interpreter_line():
    line = conventions.LICENSE_LINE + "\n"
    assert not list(conventions.license_line(MODULE, line))
    assert not list(conventions.license_line(MODULE, "#!/usr/bin/env python3\n" + line))
    assert list(conventions.license_line(MODULE, '"""No licence."""\n' + line))


@for_each_row(
    "line",
    [
        "from odoo.addons.exchange_contact_sync.core import merge",
        "    import odoo.addons.exchange_contact_sync",
    ],
)
def test_the_addon_imports_itself_relatively(line: str):
    assert list(conventions.relative_imports(MODULE, line))
    assert not list(conventions.relative_imports(TEST, line))


@for_each_row("word", ["ChangeKey", "change_key", "SOAP", "distinguished"])
def test_words_of_ews_are_only_allowed_in_ews(word: str):
    gateway = Path("exchange_contact_sync/ews/gateway.py")
    assert list(conventions.no_ews_words(MODULE, f"{word} = 1"))
    assert not list(conventions.no_ews_words(gateway, f"{word} = 1"))


@for_each_row(
    ("word", "fits"), [("changeKey", True), ("ChangeKey", False), ("SOAP", False)]
)
def test_words_of_graph_are_allowed_in_graph(word: str, fits: bool):
    gateway = Path("exchange_contact_sync/graph/gateway.py")
    assert list(conventions.no_ews_words(gateway, f'"{word}"')) is not fits


@for_each_row("name", ["mark.skip", "mark.skipif", "mark.xfail", "skip"])
def test_a_skipped_test_is_found(name: str):
    assert list(conventions.tests_run(TEST, f"@pytest.{name}(reason='later')"))


def test_a_path_of_this_machine_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    places.folders.cache_clear()
    places.pattern.cache_clear()
    assert list(places.named_places(MODULE, f"open('{tmp_path}/contacts')"))
    assert not list(places.named_places(MODULE, f"open('{tmp_path}-other')"))
    assert list(places.named_places(MODULE, "cd /home/" + "somebody"))


def test_the_host_of_the_package_index_is_found():
    for host in places.registry_hosts():
        assert list(places.named_places(MODULE, f"https://{host}/simple"))


@for_each_row(
    "word",
    ["brake", "the_wishes", "Rehearsal", "PARKED", "partner_stamp", "was_told"],
)
def test_an_abandoned_word_is_found(word: str):
    assert list(glossary.abandoned_words(MODULE, f"{word} = 1"))
    assert not list(glossary.abandoned_words(Path("migrations/x.py"), f"{word} = 1"))


ENGINE = Path("exchange_contact_sync/engine/guard.py")
USES_TWO = "session.inbox.next(1)\nself._session.links.count()\nsession.read(ask)\n"


@for_each_row("line", ["Ports: links, inbox.", "Stop a run.\n\nPorts: links, inbox."])
def test_a_docstring_may_end_with_the_ports_of_its_file(line: str):
    text = f'"""{line}\n"""\n{USES_TWO}'
    assert not list(engine_ports.ports_named(ENGINE, text))


@for_each_row(
    "line",
    [
        "Stop a run.",
        "Ports: inbox.",
        "Ports: links, inbox, log.",
        "Ports: links, inbox",
        "Ports: links, inbox.\n\nStop a run.",
    ],
)
def test_a_docstring_with_other_ports_than_its_file_uses_is_found(line: str):
    text = f'"""{line}\n"""\n{USES_TWO}'
    assert list(engine_ports.ports_named(ENGINE, text))
    assert not list(engine_ports.ports_named(MODULE, text))


def test_a_file_without_ports_names_none():
    assert not list(engine_ports.ports_named(ENGINE, '"""Stop a run."""\n'))
    assert list(engine_ports.ports_named(ENGINE, '"""Ports: log."""\n'))
