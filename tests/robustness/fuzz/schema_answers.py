# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random answers that the published schemas allow, whether they make sense or not."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from .mutations import NASTY

XS = "{http://www.w3.org/2001/XMLSchema}"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
BASE = "http://schemas.microsoft.com/exchange/services/2006/"
DEEPEST = 9
"""Below this depth, only required elements are generated."""

MOST = 400
"""After so many elements of a message, only required elements are generated."""

Dice = random.Random
SIMPLE: dict[str, Callable[[Dice], str]] = {
    "boolean": lambda dice: dice.choice(("true", "false", "1", "0")),
    "dateTime": lambda dice: dice.choice(
        ("2026-03-29T01:59:59Z", "0001-01-01T00:00:00", "9999-12-31T23:59:59.9999999Z")
        + ("2026-03-29T01:59:59+14:00", "-0001-01-01T00:00:00Z")
    ),
    "date": lambda _dice: "2026-03-29",
    "base64Binary": lambda dice: dice.choice(("", "AAAA", "iVBORw0KGgo=")),
    **dict.fromkeys(
        ("int", "long", "short", "integer", "double", "float"),
        lambda dice: str(dice.choice((0, 1, -1, 2**31 - 1, -(2**31)))),
    ),
    **dict.fromkeys(
        ("nonNegativeInteger", "unsignedInt"), lambda dice: str(dice.choice((0, 1, 7)))
    ),
}


class SchemaAnswers:
    """Generates answers.

    :param directory: where ``messages.xsd`` and ``types.xsd`` are
    """

    def __init__(self, directory: Path) -> None:
        self._named: dict[tuple[str, str], etree._Element] = {}
        for name in ("types", "messages"):
            schema = etree.parse(str(directory / f"{name}.xsd")).getroot()
            for child in schema.iterchildren("*"):
                if child.get("name"):
                    self._named[child.tag.removeprefix(XS), child.get("name")] = child

    def answer(
        self, operation: str, dice: Dice, ids: list[str], expected: int
    ) -> bytes:
        """Generate an answer to an operation.

        :param ids: ids of existing items and folders, which the answer often uses
        :param expected: the number of messages that a correct answer has
        """
        maker = _Maker(self._named, dice, ids)
        envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"s": SOAP})
        body = etree.SubElement(envelope, f"{{{SOAP}}}Body")
        response = etree.SubElement(body, f"{{{BASE}messages}}{operation}Response")
        messages = etree.SubElement(response, f"{{{BASE}messages}}ResponseMessages")
        number = expected if dice.random() < 0.8 else dice.randint(0, 3)
        for _message in range(number):
            messages.append(maker.message(operation))
        return etree.tostring(envelope, xml_declaration=True, encoding="utf-8")


class _Maker:
    """Generates one answer."""

    def __init__(
        self, named: dict[tuple[str, str], etree._Element], dice: Dice, ids: list[str]
    ) -> None:
        self._named, self._dice, self._ids = named, dice, ids
        self._made = 0

    def message(self, operation: str) -> etree._Element:
        """Generate a response message, usually a successful one."""
        name = f"{operation}ResponseMessage"
        kind, self._made = self._message_type(name), 0
        made = etree.Element(f"{{{BASE}messages}}{name}")
        self._fill(made, kind, 0)
        if self._dice.random() < 0.8:
            made.set("ResponseClass", "Success")
            code = made.find(f"{{{BASE}messages}}ResponseCode")
            if code is None:
                code = etree.SubElement(made, f"{{{BASE}messages}}ResponseCode")
            code.text = "NoError"
        return made

    def _message_type(self, name: str) -> etree._Element:
        choice = self._named["complexType", "ArrayOfResponseMessagesType"]
        (found,) = (e for e in choice.iter(f"{XS}element") if e.get("name") == name)
        return self._type(found)

    def _type(self, declared: etree._Element) -> etree._Element | None:
        inline = declared.find(f"{XS}complexType")
        if inline is not None:
            return inline
        name = (declared.get("type") or "").rpartition(":")[2]
        return self._named.get(("complexType", name))

    def _element(self, declared: etree._Element, depth: int) -> etree._Element:
        reference = (declared.get("ref") or "").rpartition(":")[2]
        if reference:
            declared = self._named.get(("element", reference), declared)
        space = declared.getroottree().getroot().get("targetNamespace")
        made = etree.Element(f"{{{space}}}{declared.get('name') or reference}")
        kind = self._type(declared)
        if kind is None:
            made.text = self._text(declared.get("type") or "")
        else:
            self._fill(made, kind, depth)
        return made

    def _fill(
        self, made: etree._Element, kind: etree._Element | None, depth: int
    ) -> None:
        if kind is None:
            return
        for part in kind.iterchildren("*"):
            what = part.tag.removeprefix(XS)
            if what in ("sequence", "all", "choice", "group"):
                self._particle(made, part, depth)
            elif what in ("complexContent", "simpleContent"):
                self._fill(made, part[0] if len(part) else None, depth)
            elif what == "attribute":
                self._attribute(made, part)
        if kind.tag in (f"{XS}extension", f"{XS}restriction"):
            base = kind.get("base", "").rpartition(":")[2]
            parent = self._named.get(("complexType", base))
            if parent is not None:
                own, made_before = list(made), etree.Element("x")
                self._fill(made_before, parent, depth)
                made[:] = [*made_before, *own]
                for name, value in made_before.attrib.items():
                    made.set(name, value)
            else:
                made.text = self._text(kind.get("base", ""))

    def _particle(self, made: etree._Element, part: etree._Element, depth: int) -> None:
        children = [c for c in part.iterchildren("*") if c.tag != f"{XS}annotation"]
        if part.tag == f"{XS}choice" and children:
            most = 3 if part.get("maxOccurs", "1") != "1" else 1
            picked = (self._dice.choice(children) for _n in range(most))
            children = [child for child in picked if depth < DEEPEST]
        for child in children:
            if child.tag == f"{XS}element":
                for _time in range(self._times(child, depth)):
                    made.append(self._element(child, depth + 1))
            elif child.tag in (f"{XS}sequence", f"{XS}choice", f"{XS}all"):
                self._particle(made, child, depth + 1)

    def _times(self, declared: etree._Element, depth: int) -> int:
        least = int(declared.get("minOccurs", "1"))
        self._made += 1
        if depth >= DEEPEST or self._made > MOST:
            return least
        if least == 0 and self._dice.random() < 0.6:
            return 0
        return self._dice.randint(1, 3) if declared.get("maxOccurs") else 1

    def _attribute(self, made: etree._Element, declared: etree._Element) -> None:
        name = declared.get("name")
        if not name or (
            declared.get("use") != "required" and self._dice.random() < 0.5
        ):
            return
        if name in ("Id", "RootItemId") and self._dice.random() < 0.7:
            made.set(name, self._dice.choice(self._ids))
        else:
            made.set(name, self._text(declared.get("type") or "xs:string"))

    def _text(self, kind: str) -> str:
        prefix, _colon, name = kind.rpartition(":")
        simple = self._named.get(("simpleType", name))
        if simple is not None and prefix != "xs":
            values = [e.get("value") for e in simple.iter(f"{XS}enumeration")]
            if values:
                return self._dice.choice(values)
            base = simple.find(f"{XS}restriction")
            return self._text(base.get("base", "")) if base is not None else "1"
        if name in SIMPLE:
            return SIMPLE[name](self._dice)
        return self._dice.choice((*NASTY, "text", "text", "text"))
