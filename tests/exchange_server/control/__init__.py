# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The control interface: a JSON API by which tests control the server.

Everything that it offers can be done in-process too; the README of this package lists
both ways.
"""

from .control import Control

__all__ = ["Control"]
