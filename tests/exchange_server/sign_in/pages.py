# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The pages that a person sees: pick an account, consent, and what went wrong.

Elements that a browser's test looks for have ids: ``address``, ``password``,
``sign-in``, ``accept``, ``cancel``, ``return`` and ``error``; the buttons of accounts
already signed in have the class ``account``.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ..http_message import HTML, HttpAnswer
from .errors import SignInError
from .scopes import TEXTS

_PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    "<style>body{{font-family:sans-serif;max-width:28em;margin:4em auto}}"
    "form{{margin:1em 0}}input,button{{font-size:1em;padding:.4em;margin:.2em 0}}"
    "#error{{color:#a00}}</style></head><body><h1>{title}</h1>{content}</body></html>"
)


def _page(title: str, content: str, status: int = 200) -> HttpAnswer:
    text = _PAGE.format(title=escape(title), content=content)
    headers = (("Cache-Control", "no-store"), ("X-Frame-Options", "DENY"))
    return HttpAnswer(status, text.encode(), HTML, headers)


def _form(action: str, hidden: dict[str, str], content: str) -> str:
    fields = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in hidden.items()
    )
    return f'<form method="post" action="{escape(action)}">{fields}{content}</form>'


def accounts(
    action: str, request: str, signed_in: Iterable[str], hint: str, problem: str = ""
) -> HttpAnswer:
    """The page on which a person picks an account, or signs in with another.

    :param action: where its forms go
    :param request: the query of the authorization request
    :param signed_in: addresses that need no password in this browser
    :param hint: an address to begin with
    :param problem: why the page is shown again
    """
    hidden = {"request": request}
    picks = "".join(
        _form(
            action,
            {**hidden, "account": address},
            f'<button class="account">{escape(address)}</button>',
        )
        for address in signed_in
    )
    fields = (
        f'<p><input id="address" name="address" type="email" value="{escape(hint)}" '
        'placeholder="Email" required></p><p><input id="password" name="password" '
        'type="password" placeholder="Password" required></p>'
        '<button id="sign-in">Sign in</button>'
    )
    error = f'<p id="error">{escape(problem)}</p>' if problem else ""
    title = "Pick an account" if picks else "Sign in"
    return _page(title, error + picks + _form(action, hidden, fields))


def consent(
    action: str,
    request: str,
    ticket: str,
    name: str,
    address: str,
    scopes: Iterable[str],
) -> HttpAnswer:
    """The page on which a person allows an application what it asks for."""
    items = "".join(f"<li>{escape(TEXTS.get(s, s))}</li>" for s in sorted(scopes))
    hidden = {"request": request, "ticket": ticket}
    buttons = (
        '<button id="cancel" name="choice" value="cancel">Cancel</button> '
        '<button id="accept" name="choice" value="accept">Accept</button>'
    )
    content = (
        f"<p>{escape(address)}</p><p><b>{escape(name)}</b> would like to:</p>"
        f"<ul>{items}</ul>{_form(action, hidden, buttons)}"
    )
    return _page("Permissions requested", content)


def need_approval(back: str, name: str) -> HttpAnswer:
    """The page for an organisation in which only administrators consent."""
    content = (
        f"<p><b>{escape(name)}</b> needs permission to access resources in your "
        "organization that only an admin can grant.</p>"
        f'<p><a id="return" href="{escape(back)}">Return to the application without '
        "granting consent</a></p>"
    )
    return _page("Need admin approval", content)


def failure(error: SignInError) -> HttpAnswer:
    """The page for a request that cannot be sent back to an application."""
    content = f'<p id="error">{escape(error.description)}</p>'
    return _page("Sorry, but we’re having trouble signing you in.", content, 400)


def form_post(redirect_uri: str, data: dict[str, str]) -> HttpAnswer:
    """The page that sends an answer back by itself (response_mode form_post)."""
    form = _form(redirect_uri, data, '<noscript><button id="go">Go</button></noscript>')
    return _page("Working…", f"{form}<script>document.forms[0].submit()</script>")
