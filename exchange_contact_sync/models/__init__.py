# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import exchange_provider
from . import account_mailbox
from . import account_sign_in
from . import account_choices
from . import account_effects
from . import account_feedback
from . import account_reset
from . import account_runs
from . import account_schedule
from . import exchange_account
from . import exchange_folder
from . import exchange_contact_link
from . import exchange_inbox_entry
from . import exchange_sync_run
from . import exchange_sync_line
from . import res_partner
