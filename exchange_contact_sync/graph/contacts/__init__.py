# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The JSON of a contact: which property is which row, reading, writing."""
