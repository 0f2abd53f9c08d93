# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The command line: options in, the URLs out, serving until a signal."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from .auth.authenticator import SCHEMES
from .exchange import Exchange
from .graph.schema import GraphTypes
from .population import populate
from .schema import Schemas
from .server import ExchangeServer


class User(NamedTuple):
    """A user of the command line: an address and a password."""

    address: str
    password: str


class ClientSecret(NamedTuple):
    """An application of the command line: its id and its secret."""

    client_id: str
    secret: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program.

    :param arguments: without the program's name; None for those of the process
    :returns: the exit status: 0 after SIGINT or SIGTERM, 1 when it cannot start
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.ca_file and not options.tls:
        parser.error("--ca-file needs --tls")
    if options.verbose:
        logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    # Both ask politely to end; a shell that starts a program in the background of a
    # script lets it ignore SIGINT, and Python then installs no handler of its own.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        return _serve(options)
    except KeyboardInterrupt:
        return 0
    except (OSError, ValueError) as error:
        print(f"exchange_server: {error}", file=sys.stderr)
        return 1


def _serve(options: argparse.Namespace) -> int:
    server = ExchangeServer(
        _exchange(options),
        port=options.port,
        auth=options.auth,
        tls=options.tls,
        descriptions=options.schemas,
    )
    with server:
        if options.ca_file:
            options.ca_file.write_bytes(server.ca_pem)
        print(server.url)
        print(server.graph_url, flush=True)
        threading.Event().wait()
    return 0


def _exchange(options: argparse.Namespace) -> Exchange:
    """The organisation with the mailboxes that the options ask for.

    Each mailbox has people of its own: the first one those of the seed, the second
    one those of the next number, and so on.
    """
    schemas = Schemas(options.schemas) if options.schemas else None
    graph_types = GraphTypes(options.graph_types) if options.graph_types else None
    exchange = Exchange(schemas=schemas, graph_types=graph_types)
    for application in options.application:
        exchange.tenant.add_application(
            application.client_id,
            secret=application.secret,
            redirect_uris=options.redirect_uri,
            roles=["Contacts.ReadWrite"],
        )
    for user in options.impersonator:
        mailbox = exchange.add_mailbox(user.address, user.password)
        mailbox.may_impersonate = True
    for number, user in enumerate(options.user):
        mailbox = exchange.add_mailbox(user.address, user.password)
        populate(mailbox, options.contacts, options.seed + number)
    return exchange


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="exchange_server",
        description="Serve Exchange Web Services and Microsoft Graph on 127.0.0.1 for "
        "tests. Prints the URL of each when ready and serves until SIGINT or SIGTERM.",
    )
    _add_mailbox_options(parser)
    _add_graph_options(parser)
    _add_server_options(parser)
    return parser


def _add_mailbox_options(parser: argparse.ArgumentParser) -> None:
    user = {"type": _user, "action": "append", "metavar": "ADDRESS:PASSWORD"}
    add = parser.add_argument
    add("--user", required=True, help="a user with a mailbox; may be repeated", **user)
    add(
        "--impersonator",
        default=[],
        help="a service account that may act as any user; may be repeated",
        **user,
    )
    add(
        "--contacts",
        type=_count,
        default=0,
        help="invented contacts in each user's mailbox; default: %(default)s",
        metavar="N",
    )
    add(
        "--seed",
        type=int,
        default=1,
        help="the same seed gives the same contacts; default: %(default)s",
        metavar="N",
    )


def _add_graph_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "--application",
        type=_client,
        action="append",
        default=[],
        metavar="ID:SECRET",
        help="an application that may sign people in, and reach every mailbox by "
        "itself; may be repeated",
    )
    add(
        "--redirect-uri",
        action="append",
        default=[],
        metavar="URL",
        help="where applications may send people back to; may be repeated",
    )
    add(
        "--graph-types",
        type=Path,
        metavar="DIR",
        help="directory with microsoft-graph.d.ts: validate requests and answers",
    )


def _add_server_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--port", type=int, default=0, help="TCP port; 0, the default: a free one")
    add(
        "--auth",
        type=_schemes,
        default=("basic", "ntlm"),
        metavar="SCHEMES",
        help="basic, ntlm or, the default, basic,ntlm",
    )
    add("--tls", action="store_true", help="HTTPS, certified by an own authority")
    add(
        "--ca-file",
        type=Path,
        metavar="PATH",
        help="with --tls: write the authority's certificate there, as PEM",
    )
    add(
        "--schemas",
        type=Path,
        metavar="DIR",
        help="directory with messages.xsd and types.xsd: validate all requests and "
        "answers; with Services.wsdl there, hand out the service description",
    )
    add("--verbose", action="store_true", help="log requests to the standard error")


def _user(text: str) -> User:
    address, colon, password = text.partition(":")
    if "@" not in address or not colon or not password:
        raise argparse.ArgumentTypeError(f"not of the form a@b.com:password: {text}")
    return User(address, password)


def _client(text: str) -> ClientSecret:
    client_id, colon, secret = text.partition(":")
    if not client_id or not colon or not secret:
        raise argparse.ArgumentTypeError(f"not of the form ID:SECRET: {text}")
    return ClientSecret(client_id, secret)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"not a number of contacts: {text}")
    return int(text)


def _schemes(text: str) -> tuple[str, ...]:
    schemes = tuple(part.strip().lower() for part in text.split(","))
    if not set(schemes) <= set(SCHEMES):
        raise argparse.ArgumentTypeError(f"not some of {','.join(SCHEMES)}: {text}")
    return schemes
