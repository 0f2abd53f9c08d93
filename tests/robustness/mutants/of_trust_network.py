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
        "a mailbox address must contain a valid domain",
        places.HOSTS,
        "        and _is_name(name)\n",
        "",
        HOSTS,
    ),
    Mutant(
        "a mailbox address must have a local part",
        places.HOSTS,
        "        and _LOCAL_PART.fullmatch(local)\n",
        "",
        HOSTS,
    ),
    Mutant(
        "localhost is no domain of a mailbox",
        places.HOSTS,
        '        and labels[-1] != "localhost"\n',
        "",
        HOSTS,
    ),
    Mutant(
        "an invalid mailbox address is not followed",
        places.CONNECT,
        "    if not domain_of(settings.email):\n",
        "    if False:\n",
        (f"{BORDER}::test_invalid_address_is_not_followed",),
    ),
    # Hosts
    Mutant(
        "a domain may only name the usual ports",
        places.HOSTS,
        "(port == usual and self._is_below(host))",
        "self._is_below(host)",
        HOSTS,
    ),
    Mutant(
        "a domain may only name its own hosts",
        places.HOSTS,
        'host.endswith(f".{domain}")',
        "host.endswith(domain)",
        HOSTS,
    ),
    Mutant(
        "a named host only allows itself",
        places.HOSTS,
        "        return host in self.named or not self.named.isdisjoint(patterns)",
        "        return any(host.endswith(one) for one in (*self.named, *patterns))",
        HOSTS,
    ),
    Mutant(
        "no connection into a private network is made",
        places.HOSTS,
        "    if number is None or number.is_multicast or not number.is_global:\n",
        "    if number is None or number.is_multicast:\n",
        HOSTS,
    ),
    Mutant(
        "an embedded IPv4 address is checked",
        places.HOSTS,
        "    if number in _TRANSLATED:\n",
        "    if False:\n",
        HOSTS,
    ),
    Mutant(
        "the address of a redirection is checked",
        places.SOCKETS,
        "return self.hosts is None or self.hosts.may_reach(host, number)",
        "return True",
        NETWORK,
    ),
    Mutant(
        "a host is checked before the first request",
        places.NETWORK_SESSION,
        "    servers.hosts.check(endpoint)\n",
        "",
        (
            f"{BORDER}::test_a_private_address_is_refused_before_it_is_reached",
            f"{BORDER}::test_remembered_server_must_still_be_allowed",
        ),
    ),
    Mutant(
        "a refusal equals the error of an unknown name",
        places.ERRORS,
        "    def __init__(self, host: str) -> None:\n"
        '        super().__init__(f"{host} is not among',
        '    code = "host_not_allowed"\n\n'
        "    def __init__(self, host: str) -> None:\n"
        '        super().__init__(f"{host} is not among',
        (*HOSTS, f"{BORDER}::test_refusal_equals_the_error_of_an_unknown_name"),
    ),
    Mutant(
        "names are checked behind a proxy, too",
        places.TLS,
        '            self._check_behind_proxy(urlsplit(url).hostname or "")\n',
        "            pass\n",
        (f"{BORDER}::test_a_proxy_is_not_asked_for_a_private_network",),
    ),
    # Redirections
    Mutant(
        "a redirection to another host is not followed",
        places.PROBE,
        "    return path == wanted and (other_hosts or same_host(endpoint, target))",
        "    return path == wanted",
        (
            f"{CONTRACT}/mailbox/ews/test_tls.py"
            "::test_a_redirection_to_another_host_is_refused",
        ),
    ),
    Mutant(
        "a redirection to plain HTTP is not followed",
        places.PROBE,
        '    if not target.startswith("https://") or target == endpoint:\n',
        "    if target == endpoint:\n",
        (f"{BORDER}::test_redirect_to_plain_http_is_not_followed",),
    ),
    Mutant(
        "Autodiscover leads to allowed hosts only",
        places.AUTODISCOVER,
        "                self.servers.hosts.check(url)\n",
        "                pass\n",
        NAMED,
    ),
    Mutant(
        "Autodiscover leads to encrypted services only",
        places.AUTODISCOVER,
        "                if keeps_secrets(url):\n                    return url\n",
        "                return url\n",
        (f"{BORDER}::test_an_allowed_service_without_encryption_is_refused",),
    ),
    Mutant(
        "a plain request is only redirected to HTTPS",
        places.AUTODISCOVER,
        'in (301, 302) and target.startswith("https://"):',
        "in (301, 302) and target:",
        (f"{BORDER}::test_redirect_to_plain_http_is_not_followed",),
    ),
    Mutant(
        "Autodiscover uses the usual ports only",
        places.AUTODISCOVER,
        "        if record.port == 443:\n",
        "        if record.port:\n",
        (f"{DISCOVERED}::test_a_service_record_counts_with_the_usual_port_only",),
    ),
    # Connections without encryption
    Mutant(
        "no secret is sent without encryption",
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
        "no login is sent over a plain connection",
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
