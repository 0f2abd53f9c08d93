# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The outcome of a merge for each side, and the base when a side refuses values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from . import labels
from .align import STAND_IN_NAME, Aligned, to_odoo
from .companies import parts_of_name, rows_of, with_company_name
from .contact import Base
from .differences import DifferenceReason, row_of, spelled_differently
from .fields import MAIN_PHONE, SETS
from .merge import Merge
from .reference_data import ReferenceData
from .text import line
from .typed import is_typed
from .units import texts_of, units_of, with_members


@dataclass(frozen=True)
class Outcome:
    """The outcome of a merge, in the terms of each side.

    :param pulled: by row, the part of ``merge.pull`` that Odoo gets
    :param to_odoo: by row, including ``fields.MAIN_PHONE``; "" clears
    :param to_exchange: by row or part of the name; "" clears
    :param base: the base to store once Odoo is written
    :param refused: rows that a person decided on but that changed afterwards
    :param kind: additional values for a new partner
    """

    aligned: Aligned
    merge: Merge
    pulled: Mapping[str, str]
    to_odoo: Mapping[str, str]
    to_exchange: Mapping[str, str]
    base: Base
    refused: tuple[str, ...] = ()
    kind: Mapping[str, str] = field(default_factory=dict)

    @property
    def units_in(self) -> tuple[str, ...]:
        """The units that Odoo can accept or refuse separately (``units.py``)."""
        return units_of(self.pulled, self.aligned.ours)

    @property
    def units_out(self) -> tuple[str, ...]:
        """The units that Exchange can accept or refuse separately."""
        return units_of(self.to_exchange, self.aligned.theirs)

    def into_odoo(
        self, units: Collection[str], done: Collection[str] = ()
    ) -> dict[str, str]:
        """Return the values to write in Odoo for some units.

        :param units: some of ``units_in``
        :param done: the units that were written before
        :return: by row, in the terms of ``to_odoo``
        """
        ours = self.aligned.ours
        whole = texts_of({*units, *done}, (), self.pulled, ours)
        now = texts_of(units, done, self.pulled, ours)
        texts = to_odoo(whole, self.aligned)
        return {key: texts[key] for key in to_odoo(now, self.aligned)}

    def into_exchange(
        self, units: Collection[str], done: Collection[str] = ()
    ) -> dict[str, str]:
        """Return the values to write in Exchange for some units.

        :param units: some of ``units_out``
        :param done: the units that were written before
        :return: by row or part of the name
        """
        return texts_of(units, done, self.to_exchange, self.aligned.theirs)

    def rows_out(self, refused: Collection[str]) -> dict[str, str]:
        """Return the part of ``merge.push`` that Exchange accepted.

        :param refused: some of ``units_out``
        :return: by row
        """
        accepted = [unit for unit in self.units_out if unit not in refused]
        written = self.into_exchange(accepted)
        named = any(key in parts_of_name(self.base) for key in written)
        return {
            key: written.get(key, text)
            for key, text in self.merge.push.items()
            if key in written or (key == "name" and named)
        }

    @property
    def base_when_sent(self) -> Base:
        """The base to store once Exchange has acknowledged ``to_exchange``."""
        return self.when_sent(())

    def when_sent(self, refused: Collection[str]) -> Base:
        """Return the base to store once Exchange has acknowledged the other units.

        :param refused: the units of ``units_out`` that Exchange refused
        """
        accepted = [unit for unit in self.units_out if unit not in refused]
        written = self.into_exchange(accepted) if refused else self.to_exchange
        names = parts_of_name(self.base)
        parts = {key: text for key, text in written.items() if key in names}
        parts.update(labels.written(written, self.base.remembered))
        sent = {
            key: written.get(key, text)
            for key, text in self.merge.push.items()
            if key in written or key == "name"
        }
        own = {key: text for key, text in self.merge.own.items() if key in sent}
        for key in SETS.intersection(sent):
            agreed = self._agreed_set(key, refused)
            own = {**own, key: agreed} if agreed != sent[key] else own
        base = self.base.after_sending(sent, parts, own)
        return self._refused_by_exchange(base, refused) if refused else base

    def _agreed_set(self, key: str, refused: Collection[str]) -> str:
        """Return the agreed text of a set of which Exchange accepted only some members:
        without the refused members, the others spelled as Exchange spells them."""
        wanted = self.merge.own.get(key, self.merge.push[key])
        theirs = self.aligned.theirs[key]
        units = [unit for unit in refused if row_of(unit) == key]
        return with_members(wanted, theirs, units, key) if units else wanted

    def _refused_by_exchange(self, base: Base, refused: Collection[str]) -> Base:
        rows = rows_of(base, refused)
        reasons = dict.fromkeys(rows.values(), DifferenceReason.REFUSED_BY_EXCHANGE)
        texts = {}
        for row in map(row_of, rows.values()):
            ours = self.aligned.ours[row]
            if row in SETS:
                ours = spelled_differently(ours, self._agreed_set(row, refused))
            if row != "name" and (ours or row not in SETS):
                texts[row] = ours
        base = replace(base, differences=base.differences.with_reasons(reasons, texts))
        return with_company_name(base) if "name" in reasons else base

    def refused_by_odoo(self, refused: Collection[str], name: str) -> Outcome:
        """Return the outcome without the units that Odoo refused, with the reason.

        :param refused: some of ``units_in``
        :param name: the partner's name in Odoo
        """
        if not refused:
            return self
        accepted = [unit for unit in self.units_in if unit not in refused]
        pulled = texts_of(accepted, (), self.pulled, self.aligned.ours)
        base, values = self.base, dict(self.base.values)
        foreign, texts = dict(base.foreign), {}
        for row in {row_of(unit) for unit in refused}:
            ours = name if row == "name" else self.aligned.ours[row]
            if row in SETS:
                units = [unit for unit in refused if row_of(unit) == row]
                values[row] = with_members(values[row], ours, units, row)
                foreign[row] = self.aligned.theirs[row]
                ours = spelled_differently(ours, values[row])
            if ours or row not in SETS:
                texts[row] = ours
        reasons = dict.fromkeys(refused, DifferenceReason.REFUSED_BY_ODOO)
        differences = base.differences.with_reasons(reasons, texts)
        base = replace(base, values=values, foreign=foreign, differences=differences)
        return replace(
            self, pulled=pulled, to_odoo=to_odoo(pulled, self.aligned), base=base
        )

    def _is_agreed(self, row: str) -> bool:
        """Decide whether Exchange has, or gets, the value that is written in Odoo. A
        value that a person decided on is pushed only if the direction allows it."""
        merged, written = self.merge, self.pulled.get(row)
        if row in merged.pull or row in merged.push or row == "name":
            return True
        return written is None or written == self.base.values.get(row)

    def as_odoo_has_it(
        self, became: Mapping[str, str], reference_data: ReferenceData
    ) -> Outcome:
        """Return the outcome with the values as Odoo stored them.

        :param became: by row, in the terms of ``to_odoo``, the stored texts that differ
            from the texts that were written
        """
        if not became:
            return self
        base, ours = self.base, dict(self.base.differences.ours)
        remembered = dict(base.remembered)
        for key, text in became.items():
            row = self.aligned.slot if key == MAIN_PHONE else key
            if row in SETS:
                text = spelled_differently(
                    text, base.values.get(row, ""), reference_data
                )
            elif row not in reference_data.rows or not is_typed(row, reference_data):
                continue
            elif not self._is_agreed(row):
                continue  # the difference is still an edit made in Odoo
            ours.pop(row, None)
            if text or row not in SETS:
                ours[row] = text
        if "name" in became and STAND_IN_NAME in remembered:
            remembered[STAND_IN_NAME] = line(became["name"])
        differences = replace(base.differences, ours=ours)
        return replace(
            self, base=replace(base, differences=differences, remembered=remembered)
        )
