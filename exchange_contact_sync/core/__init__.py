# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The data model of contacts and the rules for changes: facts in, decisions out.

Rules of this room: standard library only; no clock, database, socket or logging; every
function returns the same result for the same arguments. The most important tables are
in ``fields`` (what is synchronized), ``plan`` (what happens to a pair) and ``merge``
(what happens to a field). ``ports`` describes the stores that a run works with; every
room may import them.
"""
