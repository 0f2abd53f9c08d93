# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Many accounts over both protocols, real servers, random edits, kills, faults, a
restarted database.

``./dev bench soak --minutes N`` reports at the end whether anything was lost or
duplicated.
"""
