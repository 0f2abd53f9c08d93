# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""HTTP to a server that is not trusted: allowed hosts, verified TLS, limited answers.

Imports core, outlook and requests. ``ews`` and ``graph`` send all their requests
through this package.
"""
