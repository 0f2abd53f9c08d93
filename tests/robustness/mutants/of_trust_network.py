# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rules about the hosts of connections, each with a change that removes it."""

from __future__ import annotations

from . import places
from .mutant import CONTRACT, CORE, UNIT, Mutant

HOSTS = (f"{CORE}/test_hosts.py",)
BORDER = f"{CONTRACT}/mailbox/ews/test_border.py"
NETWORK = (f"{BORDER}::test_a_name_that_resolves_to_a_private_address_is_refused",)
READ_BY_OTHERS = (
    f"{BORDER}::test_no_login_is_sent_over_a_connection_that_others_can_read",
)
NAMED = (f"{BORDER}::test_allowed_one_of_two_services_is_used",)
DISCOVERED = f"{CONTRACT}/mailbox/ews/test_autodiscover.py"

OF_TRUST_NETWORK = (
    # Addresses of mailboxes
    Mutant(
        "an address of a mailbox holds the name of a domain",
        places.HOSTS,
        "        and _is_name(name)\n",
        "",
        HOSTS,
    ),
    Mutant(
        "an address of a mailbox has a local part",
        places.HOSTS,
        "        and _LOCAL_PART.fullmatch(local)\n",
        "",
        HOSTS,
    ),
    Mutant(
        "this machine is no domain of a mailbox",
        places.HOSTS,
        '        and labels[-1] != "localhost"\n',
        "",
        HOSTS,
    ),
    Mutant(
        "whatever is no address of a mailbox leads nowhere",
        places.CONNECT,
        "    if not domain_of(settings.email):\n",
        "    if False:\n",
        (f"{BORDER}::test_invalid_address_is_not_followed",),
    ),
    # Hosts
    Mutant(
        "a domain speaks for the usual ports only",
        places.HOSTS,
        "(port == usual and self._is_below(host))",
        "self._is_below(host)",
        HOSTS,
    ),
    Mutant(
        "a domain speaks for its own hosts only",
        places.HOSTS,
        'host.endswith(f".{domain}")',
        "host.endswith(domain)",
        HOSTS,
    ),
    Mutant(
        "a host that is named stands for itself",
        places.HOSTS,
        "        return host in self.named or not self.named.isdisjoint(patterns)",
        "        return any(host.endswith(one) for one in (*self.named, *patterns))",
        HOSTS,
    ),
    Mutant(
        "nobody connects into a private network",
        places.HOSTS,
        "    if number is None or number.is_multicast or not number.is_global:\n",
        "    if number is None or number.is_multicast:\n",
        HOSTS,
    ),
    Mutant(
        "an address within another one is looked at",
        places.HOSTS,
        "    if number in _TRANSLATED:\n",
        "    if False:\n",
        HOSTS,
    ),
    Mutant(
        "a name that is followed leads where it may",
        places.SOCKETS,
        "return self.hosts is None or self.hosts.may_reach(host, number)",
        "return True",
        NETWORK,
    ),
    Mutant(
        "a host is looked at before it is asked for anything",
        places.NETWORK_SESSION,
        "    servers.hosts.check(endpoint)\n",
        "",
        (
            f"{BORDER}::test_a_private_address_is_refused_before_it_is_reached",
            f"{BORDER}::test_remembered_server_must_still_be_allowed",
        ),
    ),
    Mutant(
        "a refusal says what an unknown name says",
        places.ERRORS,
        "    def __init__(self, host: str) -> None:\n"
        '        super().__init__(f"{host} is not among',
        '    code = "host_not_allowed"\n\n'
        "    def __init__(self, host: str) -> None:\n"
        '        super().__init__(f"{host} is not among',
        (*HOSTS, f"{BORDER}::test_refusal_equals_the_error_of_an_unknown_name"),
    ),
    Mutant(
        "behind a proxy a name leads where it may",
        places.TLS,
        '            self._check_behind_proxy(urlsplit(url).hostname or "")\n',
        "            pass\n",
        (f"{BORDER}::test_a_proxy_is_not_asked_for_a_private_network",),
    ),
    # Redirections
    Mutant(
        "a server sends us to no other host",
        places.PROBE,
        "    return path == wanted and (other_hosts or same_host(endpoint, target))",
        "    return path == wanted",
        (
            f"{CONTRACT}/mailbox/ews/test_tls.py"
            "::test_a_redirection_to_another_host_is_refused",
        ),
    ),
    Mutant(
        "a server does not send us away from encryption",
        places.PROBE,
        '    if not target.startswith("https://") or target == endpoint:\n',
        "    if target == endpoint:\n",
        (f"{BORDER}::test_redirect_to_plain_http_is_not_followed",),
    ),
    Mutant(
        "Autodiscover sends us to allowed hosts only",
        places.AUTODISCOVER,
        "                self.servers.hosts.check(url)\n",
        "                pass\n",
        NAMED,
    ),
    Mutant(
        "Autodiscover sends us to encrypted services only",
        places.AUTODISCOVER,
        "                if keeps_secrets(url):\n                    return url\n",
        "                return url\n",
        (f"{BORDER}::test_an_allowed_service_without_encryption_is_refused",),
    ),
    Mutant(
        "a plain request is sent on to encryption only",
        places.AUTODISCOVER,
        'in (301, 302) and target.startswith("https://"):',
        "in (301, 302) and target:",
        (f"{BORDER}::test_redirect_to_plain_http_is_not_followed",),
    ),
    Mutant(
        "Autodiscover is asked over other ports by nobody",
        places.AUTODISCOVER,
        "        if record.port == 443:\n",
        "        if record.port:\n",
        (f"{DISCOVERED}::test_a_service_record_counts_with_the_usual_port_only",),
    ),
    # Connections without encryption
    Mutant(
        "what is not encrypted keeps no secrets",
        places.HOSTS,
        'return _split(url).scheme == "https" or is_this_machine(url)',
        'return _split(url).scheme == "https" or bool(_split(url).hostname)',
        HOSTS,
    ),
    Mutant(
        "no way to sign in is chosen for a plain connection",
        places.PROBE,
        "    if not keeps_secrets(found.endpoint):\n        raise NotEncrypted()\n",
        "",
        (f"{UNIT}/ews/test_answers.py", *READ_BY_OTHERS),
    ),
    Mutant(
        "no login leaves over a plain connection",
        places.TLS,
        '        if "Authorization" in request.headers and not keeps_secrets(url):\n'
        "            raise NotEncrypted()\n",
        "",
        READ_BY_OTHERS,
    ),
    Mutant(
        "an administrator enters an encrypted address",
        places.PROVIDER_VALUES,
        "    if not keeps_secrets(url):\n",
        "    if False:\n",
        ("tests/integration/connecting/test_provider.py",),
    ),
)
