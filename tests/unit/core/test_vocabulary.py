# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which words name a country or a state."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.core.text import fold
from unit.fakes.partners import WORDS


@pytest.mark.parametrize("text", ["DE", "de", "GERMANY", "  germany", "Germany."])
def test_a_country_is_known_by_all_its_names(text: str):
    assert WORDS.country(text) == "DE"


@pytest.mark.parametrize("text", ["", "Atlantis", "Ger many"])
def test_other_words_name_no_country(text: str):
    assert WORDS.country(text) == ""


STATES = [
    ("BY", "Germany", "BY"),
    ("bavaria", "de", "BY"),
    ("New York", "US", "NY"),
    ("Bavaria", "US", ""),
    ("Bavaria", "", ""),
    ("Bavaria", "Atlantis", ""),
    ("", "Germany", ""),
]


@pytest.mark.parametrize(("state", "country", "code"), STATES)
def test_a_state_belongs_to_its_country(state: str, country: str, code: str):
    assert WORDS.state(state, country) == code


@given(st.text())
def test_folding_twice_folds_no_further(text: str):
    assert fold(fold(text)) == fold(text)
