# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What every protocol of Exchange shares: property names, days, notes, folders.

Pure: the standard library and ``core`` only. ``ews`` and ``graph`` say how their
protocol asks for these; they share no other code.
"""
