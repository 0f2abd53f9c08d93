# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Invalid answers to each call of the gateway, over real HTTP.

``./dev test fuzz --examples N`` runs them; ``test_fuzz_sample.py`` runs some.
"""
