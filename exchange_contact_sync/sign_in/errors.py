# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Define the failures of a sign-in, classified by who can correct them.

``may_pass`` is set if an administrator can remove the cause without the users; their
accounts then continue automatically.
"""

from __future__ import annotations

from ..core.errors import AuthenticationFailed, NeedsTheUser


class SignInExpired(AuthenticationFailed):
    """The saved sign-in is no longer valid; the user has to sign in again."""

    code = "sign_in_expired"


class ProofNeeded(AuthenticationFailed):
    """The organization demands another proof, such as a second factor, which only the
    user can give on Microsoft's page."""

    code = "proof_needed"


class ConsentNeeded(AuthenticationFailed):
    """The user has not allowed the application to use the contacts, or has withdrawn
    the consent.
    """

    code = "consent_needed"


class ConsentDeclined(NeedsTheUser):
    """The user pressed Cancel on Microsoft's page."""

    code = "consent_declined"


class AdminConsentNeeded(NeedsTheUser):
    """Only an administrator of the organization can allow the application."""

    code = "admin_consent_needed"
    may_pass = True


class AccessConditional(NeedsTheUser):
    """The organization's rules (Conditional Access) do not allow this sign-in."""

    code = "access_conditional"
    may_pass = True


class NotAssigned(NeedsTheUser):
    """The organization limits the application to some users, to whom this user does not
    belong.
    """

    code = "not_assigned"
    may_pass = True


class AccountBlocked(NeedsTheUser):
    """The user's account at Microsoft is disabled, locked, or its password expired."""

    code = "account_blocked"


class AccountUnknown(NeedsTheUser):
    """The user does not belong to the organization that the provider names."""

    code = "account_unknown"


class ForeignAnswer(NeedsTheUser):
    """The answer does not belong to the sign-in that was begun in this browser."""

    code = "foreign_answer"


class SignInRefused(NeedsTheUser):
    """Microsoft refused the sign-in for a reason that is not classified."""

    code = "sign_in_refused"


class ApplicationFault(NeedsTheUser):
    """The application's registration and the provider do not match; only administrators
    can correct that.
    """

    code = "application_fault"
    may_pass = True


class TenantUnknown(ApplicationFault):
    """There is no organization (tenant) with this name or id in this cloud."""

    code = "tenant_unknown"


class ApplicationUnknown(ApplicationFault):
    """The organization has no application with this client id, or disabled it."""

    code = "application_unknown"


class SecretExpired(ApplicationFault):
    """The application's client secret or certificate has expired."""

    code = "application_secret_expired"


class SecretWrong(ApplicationFault):
    """The client secret or certificate is missing, or is not the application's."""

    code = "application_secret_wrong"


class ClockWrong(ApplicationFault):
    """The clock of this server differs from Microsoft's, so that what is signed with
    the certificate is not valid yet, or no longer."""

    code = "clock_wrong"


class RedirectAddressUnknown(ApplicationFault):
    """The application's registration lacks the redirect address."""

    code = "redirect_address_unknown"
