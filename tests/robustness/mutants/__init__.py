# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Remove the rules of the addon one by one; a test must fail each time
(``./dev test mutants``)."""
