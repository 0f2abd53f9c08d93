# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The table of what is synchronized, for docs/FIELDS.md.

Made from the addon's own tables by ``./dev table``; a test fails when the documents are
not what this makes of the code.
"""
