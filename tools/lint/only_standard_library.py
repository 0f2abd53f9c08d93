# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A contract for import-linter: packages that import the standard library only.

import-linter's own "forbidden" contract wants every forbidden package by name;
here everything is forbidden that is neither of this project nor Python's.
"""

from __future__ import annotations

import sys
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OnlyStandardLibrary(Contract):
    """Option ``packages``: the packages, subpackages included, it holds for."""

    packages: Any = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Find each direct import of a package from outside."""
        own = {root.split(".")[0] for root in self.session_options["root_packages"]}
        allowed = own | set(sys.stdlib_module_names)
        broken = [
            (module, imported)
            for module in sorted(graph.modules)
            if self._covers(module)
            for imported in sorted(graph.find_modules_directly_imported_by(module))
            if imported.split(".")[0] not in allowed
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def _covers(self, module: str) -> bool:
        return any(f"{module}.".startswith(f"{package}.") for package in self.packages)

    def render_broken_contract(self, check: ContractCheck) -> None:
        for module, imported in check.metadata["broken"]:
            output.print_error(f"- {module} imports {imported}")
        output.new_line()
