# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The transactions of a slice (``core.ports.UnitOfWork``)."""

from __future__ import annotations

import pytest

from exchange_contact_sync.core.errors import SyncError
from support.stores.transactions import TransactionsWorld


def write(world: TransactionsWorld, text: str) -> None:
    """Run a batch that writes the text."""
    world.work.run(lambda: world.write(text))


def read(world: TransactionsWorld) -> str:
    """Read the text in a transaction."""
    return world.work.read(world.text)


def test_the_result_is_returned(transactions: TransactionsWorld):
    assert transactions.work.run(lambda: 7) == 7
    assert transactions.work.read(lambda: [8]) == [8]


def test_later_transactions_see_what_a_batch_wrote(transactions: TransactionsWorld):
    for text in ("one", "two"):
        write(transactions, text)

        assert transactions.work.run(transactions.text) == text
        assert read(transactions) == text


def test_releasing_nothing_is_allowed(transactions: TransactionsWorld):
    for _time in range(2):
        transactions.work.release()
    write(transactions, "one")
    transactions.work.release()

    assert read(transactions) == "one"


def test_a_batch_may_follow_a_read_at_once(transactions: TransactionsWorld):
    assert read(transactions) == ""
    write(transactions, "one")

    assert read(transactions) == "one"


def test_the_error_of_a_batch_or_a_query_is_raised(transactions: TransactionsWorld):
    def fail() -> None:
        raise KeyError("no such contact")

    for method in (transactions.work.run, transactions.work.read):
        with pytest.raises(KeyError, match="no such contact"):
            method(fail)


def test_a_batch_is_committed_when_it_ends_and_not_before(
    committing: TransactionsWorld,
):
    def batch() -> str:
        committing.write("one")
        return committing.committed()

    assert committing.work.run(batch) == ""
    assert committing.committed() == "one"


def test_a_failed_batch_is_rolled_back(committing: TransactionsWorld):
    def batch() -> None:
        committing.write("one")
        raise KeyError("no such contact")

    with pytest.raises(KeyError):
        committing.work.run(batch)

    assert not committing.is_open()
    committing.work.run(lambda: None)
    assert (committing.committed(), read(committing)) == ("", "")


def test_no_transaction_is_open_after_a_batch_or_a_release(
    committing: TransactionsWorld,
):
    assert read(committing) == ""
    assert committing.is_open()
    committing.work.release()
    assert not committing.is_open()

    read(committing)
    write(committing, "one")
    assert not committing.is_open()


def test_commits_of_others_are_visible_after_a_release(committing: TransactionsWorld):
    assert read(committing) == ""
    committing.work.release()
    committing.write_elsewhere("theirs")

    assert read(committing) == "theirs"


def test_commits_of_others_are_visible_to_the_next_batch(committing: TransactionsWorld):
    write(committing, "one")
    committing.write_elsewhere("theirs")

    assert committing.work.run(committing.text) == "theirs"


def test_a_query_must_not_write(committing: TransactionsWorld):
    with pytest.raises(Exception, match=r"read-only|outside of a batch"):
        committing.work.read(lambda: committing.write("one") or committing.flush())

    committing.work.release()
    assert read(committing) == ""


def test_a_batch_that_collides_is_rolled_back_and_repeated(
    committing: TransactionsWorld,
):
    seen = []

    def batch() -> int:
        seen.append(committing.text())
        committing.write(f"{seen[-1]} ours")
        return len(seen)

    committing.collide("theirs")

    assert committing.work.run(batch) == 2
    assert seen == ["", "theirs"]
    assert committing.committed() == "theirs ours"


def test_a_batch_that_collides_again_and_again_fails(committing: TransactionsWorld):
    committing.collide("theirs", times=99)

    with pytest.raises(SyncError):
        write(committing, "ours")

    assert not committing.is_open()
    assert committing.committed() == "theirs"
