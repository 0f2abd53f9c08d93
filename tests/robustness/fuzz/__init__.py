# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Answers that nobody would send, to each call of the gateway, over real HTTP.

``./dev test fuzz --examples N``; ``test_fuzz_sample.py`` tries some.
"""
