# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""List Microsoft's clouds, with the addresses of the sign-in and of Graph.

"National clouds" (https://learn.microsoft.com/graph/deployments) and "Microsoft Entra
authentication and national clouds"
(https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cloud:
    """One cloud.

    :param login: URL of the sign-in, without a path
    :param graph: URL of Microsoft Graph, without a path
    """

    login: str
    graph: str


CLOUDS = {
    "worldwide": Cloud(
        "https://login.microsoftonline.com", "https://graph.microsoft.com"
    ),
    "us_government": Cloud(
        "https://login.microsoftonline.us", "https://graph.microsoft.us"
    ),
    "us_defense": Cloud(
        "https://login.microsoftonline.us", "https://dod-graph.microsoft.us"
    ),
    "china": Cloud(
        "https://login.partner.microsoftonline.cn",
        "https://microsoftgraph.chinacloudapi.cn",
    ),
}
"""By value of ``exchange.provider.cloud``. A permission without a host is one of the
worldwide Graph, so permissions are always written with the host of the cloud.
"""
