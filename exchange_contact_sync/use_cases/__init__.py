# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What people and the scheduler do with an account, each from beginning to end.

The only room that knows all the others, and the only one that models, wizards and
controllers import beside ``core``. Modules that open a mailbox import exchangelib,
which takes most of a second: models import those inside their methods.
"""
