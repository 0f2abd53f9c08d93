# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rules taken out one by one: do the tests notice? (``./dev test mutants``)"""
