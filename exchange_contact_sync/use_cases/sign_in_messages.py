# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Explain what prevents a sign-in with Microsoft, and who can correct it.

One sentence for each ``code`` of ``sign_in/errors.py``, for owners of mailboxes and for
administrators.
"""

from __future__ import annotations

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

OWNER = {
    "sign_in_expired": _lt(
        "Microsoft no longer accepts the sign-in of this mailbox: it expired, or was "
        "revoked. Sign in again; nothing was lost."
    ),
    "proof_needed": _lt(
        "Your organization asks for another proof that it is you, such as a code from "
        "an app. Sign in again to give it."
    ),
    "consent_needed": _lt(
        "Odoo is not allowed, or no longer allowed, to use your contacts. Sign in "
        "again and accept what Microsoft's page asks for."
    ),
    "consent_declined": _lt(
        "You canceled on Microsoft's page, so the mailbox was not connected. To "
        "connect it, sign in and accept what the page asks for."
    ),
    "admin_consent_needed": _lt(
        "In your organization only an administrator of Microsoft 365 can allow Odoo to "
        "use contacts. Ask for that, then sign in again."
    ),
    "access_conditional": _lt(
        "Your organization's rules (Conditional Access) do not allow Odoo to use this "
        "mailbox. Ask an administrator of Microsoft 365."
    ),
    "not_assigned": _lt(
        "Your organization has not assigned you to the application that connects Odoo. "
        "Ask an administrator of Microsoft 365."
    ),
    "account_blocked": _lt(
        "Microsoft says that your account is blocked, or that its password has "
        "expired. Sign in to Outlook on the web to see why."
    ),
    "account_unknown": _lt(
        "The account you signed in with does not belong to the organization of this "
        "mail provider. Sign in with another one, or choose another mail provider."
    ),
    "foreign_answer": _lt(
        "The answer does not belong to a sign-in that you began in this browser, or it "
        "came too late. Nothing was connected. Sign in again."
    ),
    "other_mailbox": _lt(
        "You signed in as another user, so the mailbox was not connected. Sign in with "
        "the account that the mailbox belongs to."
    ),
    "moved_to_cloud": _lt(
        "This mailbox is reached through Microsoft 365 now. Sign in to it. Its "
        "contacts stay linked, and a preview shows what the next synchronization "
        "would do."
    ),
    "folders_out_of_reach": _lt(
        "Microsoft 365 lets Odoo use the folder Contacts and the folders in it only, "
        "so it can no longer reach other folders of this mailbox. Move them into "
        "Contacts in Outlook and press “Check Again”, or continue without them: "
        "their contacts stay where they are, and are not synchronized."
    ),
    "sign_in_refused": _lt(
        "Microsoft refused the sign-in. Try again; if this continues, ask your "
        "administrator, who sees the reason in the details."
    ),
    "application_fault": _lt(
        "The mail provider does not fit what is registered in Microsoft Entra. Ask "
        "your Odoo administrator to test the connection of the mail provider."
    ),
    "tenant_unknown": _lt(
        "Microsoft does not know the organization that the mail provider names. Ask "
        "your Odoo administrator to correct it."
    ),
    "application_unknown": _lt(
        "Microsoft does not know the application that the mail provider names, or it "
        "is disabled. Ask your Odoo administrator."
    ),
    "application_secret_expired": _lt(
        "The secret or certificate of the mail provider has expired at Microsoft. Ask "
        "your Odoo administrator to enter a new one; the synchronization then "
        "continues automatically."
    ),
    "application_secret_wrong": _lt(
        "Microsoft does not accept the secret or certificate of the mail provider. Ask "
        "your Odoo administrator to enter it again."
    ),
    "application_secret_lost": _lt(
        "The saved secret of the mail provider can no longer be used. Ask your Odoo "
        "administrator to enter it again."
    ),
    "clock_wrong": _lt(
        "The clock of the Odoo server is wrong, so Microsoft refuses its sign-in. Ask "
        "your Odoo administrator to correct it; the synchronization then continues "
        "automatically."
    ),
    "redirect_address_unknown": _lt(
        "The redirect address of this Odoo is not registered in Microsoft Entra. Ask "
        "your Odoo administrator to add it there."
    ),
}

ADMINISTRATOR = {
    "tenant_unknown": _lt(
        "Microsoft does not know an organization with this name in this cloud. Check "
        "“Directory (tenant) ID” and the cloud."
    ),
    "application_unknown": _lt(
        "The organization has no application with this client ID, or it is disabled. "
        "Copy “Application (client) ID” from the overview of the app registration."
    ),
    "application_secret_expired": _lt(
        "The client secret or certificate has expired. Create a new one in Microsoft "
        "Entra under “Certificates & secrets”, and enter it here."
    ),
    "application_secret_wrong": _lt(
        "Microsoft does not accept the client secret or certificate. Enter the value "
        "of the secret, not its ID; of a certificate, upload the same one in Microsoft "
        "Entra and enter its private key without a passphrase here."
    ),
    "clock_wrong": _lt(
        "The clock of this server differs from Microsoft's, so what is signed with the "
        "certificate is not valid. Set the clock, or let a time server set it."
    ),
    "application_secret_lost": _lt(
        "The saved client secret or private key cannot be used: it was entered for "
        "another organization, application or cloud, or the server's key has changed. "
        "Enter it again."
    ),
    "application_fault": _lt(
        "Microsoft refuses the application's request. Check the app registration "
        "against the instructions; the server's log has Microsoft's own words."
    ),
    "access_conditional": _lt(
        "A Conditional Access policy refuses the application. Exclude it from the "
        "policy, or allow the network address of this server."
    ),
    "consent_needed": _lt(
        "The application has no consent in this organization. Open “API permissions” "
        "in the app registration and grant it."
    ),
    "admin_consent_needed": _lt(
        "The application needs the consent of an administrator. Open “API permissions” "
        "in the app registration and choose “Grant admin consent”."
    ),
    "sign_in_refused": _lt(
        "Microsoft refuses for a reason that Odoo does not know; the server's log has "
        "Microsoft's own words."
    ),
    "server_unreachable": _lt(
        "Microsoft's servers do not answer. Check whether a firewall or proxy lets "
        "Odoo through to the hosts of the cloud."
    ),
    "server_not_found": _lt(
        "The hosts of the cloud are not found. Check the addresses, and whether this "
        "server can look up names on the Internet."
    ),
    "not_a_mail_server": _lt(
        "A server answers, but it is not Microsoft's. Check the addresses of the "
        "cloud, and whether a proxy is in between."
    ),
    "certificate_not_trusted": _lt(
        "The server's certificate is not trusted, so nothing was sent to it. If a "
        "proxy of yours decrypts connections, paste the certificate of its authority "
        "into “Trusted Certificate”."
    ),
    "access_denied": _lt(
        "The application may not open this mailbox. Give it the role “Application "
        "Contacts.ReadWrite” for this mailbox in Exchange Online, or the application "
        "permission Contacts.ReadWrite in Microsoft Entra. A change can take two hours."
    ),
    "mailbox_not_found": _lt(
        "There is no mailbox with this e-mail address in Exchange Online: the address "
        "is wrong, the user has no license for Exchange, or the mailbox is still on a "
        "server of your own."
    ),
}
"""For those who test a connection; other codes get the sentence of the owner."""
