# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""``python -m exchange_server``: the simulator as a separate program."""

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
