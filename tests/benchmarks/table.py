# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The numbers, to be read by people."""

from __future__ import annotations

from statistics import median

from .cost import Cost

AIM, LIMIT, SCALE_LIMIT = 1.25, 1.6, 1.3


def show_comparison(plain: list[Cost], addon: list[Cost]) -> float:
    """Print the rounds of both ways to import: plain download and create, and ours.

    :param plain: what each round cost without the addon
    :param addon: what it cost with it
    :returns: how many times longer the addon takes: the median of the rounds
    """
    pairs = list(zip(plain, addon, strict=True))
    ratios = [theirs.seconds / ours.seconds for ours, theirs in pairs]
    cpu = [theirs.cpu / ours.cpu for ours, theirs in pairs]
    rounds = [f"round {number}" for number in range(1, len(pairs) + 1)]
    _row("first import", [*rounds, "median"])
    for label, costs in (("plain", plain), ("synchronized", addon)):
        _row(f"{label}, seconds", _cells([cost.seconds for cost in costs], 1))
        _row(f"{label}, CPU seconds", _cells([cost.cpu for cost in costs], 1))
    _row("times as long", _cells(ratios, 2))
    _row("times the CPU", _cells(cpu, 2))
    print(f"aim {AIM}, at most {LIMIT} times as long\n")
    return median(ratios)


def show_costs(costs: list[Cost]) -> None:
    """Print what each run costs, as a whole and for each contact."""
    heads = ["contacts", "seconds", "ms each", "requests", "queries", "queries each"]
    _row("run", heads)
    for cost in costs:
        each = max(cost.contacts, 1)
        cells = [str(cost.contacts), f"{cost.seconds:.1f}"]
        cells += [f"{1000 * cost.seconds / each:.2f}", str(cost.requests.total())]
        cells += [str(cost.queries), f"{cost.queries / each:.2f}"]
        _row(cost.name, cells)


def show_requests(costs: list[Cost]) -> None:
    """Print what each run asked the mail server for."""
    print("\nrequests")
    for cost in costs:
        counted = sorted(cost.requests.items())
        text = ", ".join(f"{number} {operation}" for operation, number in counted)
        print(f"{cost.name:32}{text or 'none'}")


def show_scale(small: Cost, large: Cost) -> float:
    """Print what a contact costs in each of two imports.

    :param small: of the smaller one
    :param large: of the larger one
    :returns: how many times as much CPU a contact takes in the larger one
    """
    show_costs([small, large])
    each = [cost.cpu / cost.contacts for cost in (small, large)]
    _row("CPU ms each", [f"{1000 * one:.2f}" for one in each])
    ratio = each[1] / each[0]
    print(f"{ratio:.2f} times the CPU for a contact, at most {SCALE_LIMIT}\n")
    return ratio


def show_memory(plain: float, addon: float) -> None:
    """Print the most memory each way to import took, in MB."""
    print(f"most memory: plain {plain:.0f} MB, synchronized {addon:.0f} MB\n")


def _cells(numbers: list[float], digits: int) -> list[str]:
    return [f"{number:.{digits}f}" for number in [*numbers, median(numbers)]]


def _row(label: str, cells: list[str]) -> None:
    print(f"{label:32}" + "".join(f"{cell:>14}" for cell in cells), flush=True)
