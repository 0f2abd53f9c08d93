# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The control interface: what tests do to the server from outside, as JSON.

Everything that it offers can be done in-process too; the README of this package lists
both ways.
"""

from .control import Control

__all__ = ["Control"]
