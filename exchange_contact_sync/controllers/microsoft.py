# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
import re

from odoo import http
from odoo.http import request

from ..use_cases import registration

_ANSWER = re.compile(re.escape(registration.ANSWER) + r"\?.*?(?= HTTP/|$)")


class MicrosoftAnswer(http.Controller):
    """The redirect address, to which Microsoft's page sends users back."""

    @http.route(
        registration.ANSWER,
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        save_session=True,
        readonly=False,
    )
    def answer(self, **answer):
        """Process the answer of Microsoft's page, and redirect to a page of Odoo.

        A user who is not logged in has begun no sign-in. Odoo's own check
        (``auth="user"``) would keep the whole address, with the authorization code, as
        the page to show after the login.

        :param answer: parameters of the address; unknown ones are ignored
        """
        from ..use_cases import microsoft_answer

        if not request.session.uid:
            return request.redirect("/web/login", code=303)
        page = microsoft_answer.receive(request.env, request.session, answer)
        response = request.redirect(page, code=303)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response


class HideAnswer(logging.Filter):
    """Leaves the parameters of the redirect address out of the log of requests."""

    def filter(self, record):
        text = record.getMessage()
        if registration.ANSWER in text:
            record.msg, record.args = _ANSWER.sub(registration.ANSWER, text), ()
        return True


logging.getLogger("werkzeug").addFilter(HideAnswer())
