# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rules taken out one by one, to see whether the tests notice: ``./dev test mutants``."""
