# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The complete operations that users and the scheduler carry out on an account.

The only package that imports all others, and the only one besides ``core`` that
models, wizards and controllers import. Modules that open a mailbox import exchangelib,
which takes most of a second: models import those inside their methods.
"""
