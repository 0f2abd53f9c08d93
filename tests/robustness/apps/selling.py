# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sell something in ``odoo shell``, and print which contacts are customers.

This file is the standard input of the shell, which provides ``env``. The last line of
its output names the customers that an ordinary user and a salesperson see.
"""

import json

from odoo.addons.exchange_contact_sync.partner import export_scope

env = globals()["env"]  # provided by the shell
partners = env["res.partner"]
MARK = "customers: "


def person(name, company=None):
    return partners.create({"name": name, "parent_id": company and company.id})


def firm(name):
    """A company, with a colleague to whom nothing is sold."""
    company = partners.create({"name": name, "is_company": True})
    person(f"Colleague at {name}", company)
    return company


def invoice(partner, kind="out_invoice", post=True):
    line = {"name": "Advice", "quantity": 1, "price_unit": 100.0}
    vals = {"move_type": kind, "partner_id": partner.id}
    vals |= {"invoice_date": "2026-01-01", "invoice_line_ids": [(0, 0, line)]}
    move = env["account.move"].create(vals)
    if post:
        move.action_post()


def order(partner, confirm=True):
    product = env["product.product"].create({"name": "Advice", "type": "service"})
    line = {"product_id": product.id, "product_uom_qty": 1}
    vals = {"partner_id": partner.id, "order_line": [(0, 0, line)]}
    made = env["sale.order"].create(vals)
    if confirm:
        made.action_confirm()


def opportunity(partner, outcome=""):
    vals = {"name": "Deal", "type": "opportunity", "partner_id": partner.id}
    made = env["crm.lead"].create(vals)
    if outcome:
        getattr(made, f"action_set_{outcome}")()


def user(login, *groups):
    links = [(4, env.ref(group).id) for group in ("base.group_user", *groups)]
    vals = {"name": login, "login": login, "group_ids": links}
    return env["res.users"].create(vals)


groups = []
if "account.move" in env:
    company = env.company
    if not env["account.journal"].search([("type", "=", "sale")]):
        env["account.chart.template"].try_loading("generic_coa", company)
    invoice(person("Invoiced"))
    invoice(firm("Invoiced Ltd"))
    invoice(person("Drafted"), post=False)
    invoice(person("Supplier"), kind="in_invoice")
    partners.with_context(res_partner_search_mode="customer").create(
        {"name": "Entered as customer"}
    )
if "sale.order" in env:
    groups = ["sales_team.group_sale_salesman_all_leads"]
    order(person("Ordered"))
    order(person("Buyer", firm("Ordered Ltd")))
    order(person("Quoted"), confirm=False)
if "crm.lead" in env:
    groups = ["sales_team.group_sale_salesman_all_leads"]
    opportunity(person("Won"), "won")
    opportunity(firm("Won Ltd"), "won")
    opportunity(person("Open"))
    opportunity(person("Lost"), "lost")

found = {}
for login, rights in (("ordinary", []), ("salesperson", groups)):
    own = env(user=user(login, *rights))
    domain = export_scope.customers(own)
    found[login] = sorted(own["res.partner"].search(domain).mapped("name"))
print(MARK + json.dumps(found))
