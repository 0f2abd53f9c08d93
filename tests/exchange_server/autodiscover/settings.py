# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""User settings of SOAP Autodiscover (EWS page "Setting (SOAP)")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..ews.versions import Version
from .directory import SERVER, Directory, deployment_id, server_dn, user_dn

if TYPE_CHECKING:
    from ..store.mailbox import Mailbox

# The build is the one that all EWS answers name (SERVER_VERSION_INFO).
BUILD = (15, 1, 2507, 35)
SCHEMA_VERSION = "Exchange2016"
CAS_VERSION = "{:02}.{:02}.{:04}.{:03}".format(*BUILD)
SUPPORTED_SCHEMAS = ", ".join(
    version.name.replace("EXCHANGE_", "Exchange") for version in Version
)

# Settings that exist but have no value here: telephony, web client, POP and IMAP …
UNAVAILABLE = frozenset(
    """
    ActiveDirectoryServer AlternateMailboxes CrossOrganizationSharingEnabled
    EcpDeliveryReportUrlFragment EcpEmailSubscriptionsUrlFragment
    EcpPublishingUrlFragment EcpRetentionPolicyTagsUrlFragment
    EcpTextMessagingUrlFragment EcpVoicemailUrlFragment ExchangeRpcUrl
    ExternalEcpDeliveryReportUrl ExternalEcpEmailSubscriptionsUrl
    ExternalEcpPublishingUrl ExternalEcpRetentionPolicyTagsUrl
    ExternalEcpTextMessagingUrl ExternalEcpUrl ExternalEcpVoicemailUrl
    ExternalImap4Connections ExternalMailboxServer
    ExternalMailboxServerAuthenticationMethods ExternalMailboxServerRequiresSSL
    ExternalOABUrl ExternalPop3Connections ExternalServerExclusiveConnect
    ExternalSmtpConnections ExternalUMUrl ExternalWebClientUrls GroupingInformation
    InternalEcpDeliveryReportUrl InternalEcpEmailSubscriptionsUrl
    InternalEcpPublishingUrl InternalEcpRetentionPolicyTagsUrl
    InternalEcpTextMessagingUrl InternalEcpUrl InternalEcpVoicemailUrl
    InternalImap4Connections InternalOABUrl InternalPop3Connections
    InternalServerExclusiveConnect InternalSmtpConnections InternalUMUrl
    InternalWebClientUrls InteropExternalEwsUrl InteropExternalEwsVersion
    MapiHttpEnabled MobileMailboxPolicyInterop PublicFolderServer
    ShowGalAsDefaultView
    """.split()
)


def user_settings(mailbox: Mailbox, directory: Directory) -> dict[str, str]:
    """The settings that have a value, by their documented names."""
    return {
        "UserDisplayName": mailbox.display_name,
        "UserDN": user_dn(mailbox),
        "UserDeploymentId": deployment_id(mailbox),
        "UserMSOnline": "False",
        "AutoDiscoverSMTPAddress": mailbox.address,
        "InternalMailboxServer": SERVER,
        "InternalRpcClientServer": SERVER,
        "InternalMailboxServerDN": server_dn(),
        "MailboxDN": f"{server_dn()}/cn=Microsoft Private MDB",
        "InternalEwsUrl": directory.ews_url,
        "ExternalEwsUrl": directory.ews_url,
        "ExternalEwsVersion": CAS_VERSION,
        "CasVersion": CAS_VERSION,
        "EwsSupportedSchemas": SUPPORTED_SCHEMAS,
    }
