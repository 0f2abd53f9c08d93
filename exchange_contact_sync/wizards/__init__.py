# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import add_account
from . import base_partner_merge
from . import exchange_answer
from . import exchange_disconnect
from . import exchange_export
from . import exchange_new_folder
from . import exchange_provider_test
from . import exchange_reset
