# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How EWS names, reads and writes properties: elements, paths, shapes."""
