# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What all Exchange protocols share: property names, dates, notes, folders.

Pure: imports only the standard library and ``core``. ``ews`` and ``graph`` define how
their protocol requests these; they share no other code.
"""
