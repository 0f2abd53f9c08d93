# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a contact is and what becomes of a change: facts in, decisions out.

Rules of this room: standard library only; no clock, database, socket or
logging; every function gives the same answer for the same arguments. The
tables a reviewer wants to read are in ``fields`` (what is synchronized),
``plan`` (what becomes of a pair) and ``merge`` (what becomes of a field).
``ports`` describes the stores that a run works with; every room may name them.
"""
