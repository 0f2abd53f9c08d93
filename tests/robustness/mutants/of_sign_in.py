# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rules about the sign-in with Microsoft, each with a change that removes it."""

from __future__ import annotations

from .mutant import CONTRACT, INTEGRATION, UNIT, Mutant

FLOW = f"{CONTRACT}/sign_in/test_flow.py"
BORDER = f"{CONTRACT}/sign_in/test_border.py"
TOKENS = f"{CONTRACT}/sign_in/test_tokens.py"
REFUSALS = (f"{UNIT}/sign_in/test_refusals.py",)
CLOUD = f"{INTEGRATION}/cloud"

OF_SIGN_IN = (
    Mutant(
        "the state of an answer is that of the flow",
        "sign_in/flow.py",
        "    if not expected or not hmac.compare_digest"
        "(expected.encode(), received.encode()):\n"
        '        raise ForeignAnswer("The state is another one.")\n',
        "    flow = {**flow, 'state': received}\n",
        (f"{FLOW}::test_an_answer_to_another_flow_is_refused",),
    ),
    Mutant(
        "a refusal of MSAL is a refusal",
        "sign_in/flow.py",
        "        except (KeyError, ValueError, RuntimeError) as error:\n",
        "        except KeyError as error:\n",
        (
            f"{FLOW}::test_an_identity_token_for_another_sign_in",
            f"{FLOW}::test_an_answer_to_another_flow_is_refused",
        ),
    ),
    Mutant(
        "the user belongs to the organization",
        "sign_in/flow.py",
        "    if not tenant or (wanted and wanted != _guid(tenant)):\n",
        "    if not tenant:\n",
        (f"{FLOW}::test_an_identity_token_of_another_organization",),
    ),
    Mutant(
        "users are only redirected to the sign-in's own host",
        "sign_in/flow.py",
        '    if not flow["auth_uri"].startswith'
        "(f\"{application.cloud.login.rstrip('/')}/\"):\n",
        "    if False:\n",
        (f"{BORDER}::test_discovery_cannot_lead_users_elsewhere",),
    ),
    Mutant(
        "secrets are only sent to the sign-in's own host",
        "sign_in/http.py",
        "        if not url.startswith(self._root):\n",
        "        if False:\n",
        (f"{BORDER}::test_discovery_cannot_lead_secrets_elsewhere",),
    ),
    Mutant(
        "a host with the same beginning is another host",
        "sign_in/http.py",
        "self._root = f\"{login.rstrip('/')}/\"",
        "self._root = login.rstrip('/')",
        (f"{BORDER}::test_a_host_with_the_same_beginning_is_another_host",),
    ),
    Mutant(
        "redirections of the sign-in are not followed",
        "sign_in/http.py",
        "                allow_redirects=False,\n",
        "",
        (f"{BORDER}::test_redirections_are_not_followed",),
    ),
    Mutant(
        "a new refresh token is stored before it is used",
        "sign_in/sources.py",
        "            keep(tokens.refresh)\n",
        "            pass\n",
        (f"{TOKENS}::test_a_token_is_stored_before_it_is_used",),
    ),
    Mutant(
        "the newest refresh token is used",
        "sign_in/sources.py",
        "            newest[0] = hold(tokens.refresh)\n",
        "",
        (f"{TOKENS}::test_refresh_tokens_rotate",),
    ),
    Mutant(
        "a new refresh token survives a run that fails",
        "use_cases/sign_ins.py",
        "        stored.replace_token(*ids, newest, renewed)\n",
        "        pass\n",
        (f"{CLOUD}/test_both_ways.py",),
    ),
    Mutant(
        "an access token is used until it is refused",
        "sign_in/sources.py",
        "            or tokens.access == refused\n",
        "            or refused is not None\n",
        (f"{TOKENS}::test_an_access_token_is_used_until_it_is_refused",),
    ),
    Mutant(
        "a refused access token is replaced",
        "sign_in/sources.py",
        "            or tokens.access == refused\n",
        "",
        (f"{TOKENS}::test_an_access_token_is_used_until_it_is_refused",),
    ),
    Mutant(
        "tokens and verifiers are not logged",
        "sign_in/application.py",
        "            token_cache=_NoCache(),\n",
        "",
        (f"{TOKENS}::test_no_secret_is_shown_or_logged",),
    ),
    Mutant(
        "a tenant cannot change the path of the request",
        "sign_in/application.py",
        "        if not _TENANT.fullmatch(tenant):\n",
        "        if not tenant:\n",
        (f"{TOKENS}::test_a_tenant_is_no_path",),
    ),
    Mutant(
        "the validity period of a certificate is checked",
        "sign_in/certificate.py",
        "    if _end(found) <= datetime.now(timezone.utc):\n",
        "    if False:\n",
        (f"{TOKENS}::test_a_certificate_expires",),
    ),
    Mutant(
        "a number makes a refusal more precise",
        "sign_in/refusals.py",
        "            kind = BY_NUMBER[number]\n",
        "            pass\n",
        REFUSALS,
    ),
    Mutant(
        "an unknown number does not change the meaning of an error",
        "sign_in/refusals.py",
        "    kind = BY_ERROR.get(error, SignInRefused)\n",
        "    kind: type[SyncError] = SignInRefused\n",
        REFUSALS,
    ),
    Mutant(
        "a busy sign-in service has a delay",
        "sign_in/http.py",
        '        raise ServerBusy(f"HTTP {status}", delay or DEFAULT_BACK_OFF)\n',
        '        raise ServerBusy(f"HTTP {status}", DEFAULT_BACK_OFF)\n',
        (f"{TOKENS}::test_a_busy_server_says_how_long",),
    ),
    Mutant(
        "the user is asked if another mailbox signed in",
        "use_cases/microsoft_answer.py",
        "    if not is_own and not dialog.shared:\n",
        "    if False:\n",
        (f"{CLOUD}/test_sign_in.py",),
    ),
    Mutant(
        "a sign-in as another user changes nothing",
        "use_cases/microsoft_answer.py",
        "    if not is_own and not account.opens_shared_mailbox:\n",
        "    if False:\n",
        (f"{CLOUD}/test_sign_in.py",),
    ),
)
