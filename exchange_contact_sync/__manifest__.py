# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Exchange Contact Synchronization",
    "summary": "Keep Odoo contacts and Microsoft Exchange contacts in step, both ways",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "license": "LGPL-3",
    "author": "Exchange Contact Sync contributors",
    "depends": ["contacts", "mail"],
    "external_dependencies": {
        "python": ["cryptography", "exchangelib", "phonenumbers", "pyspnego"],
    },
    "data": [
        "security/ir.model.access.csv",
        "security/exchange_security.xml",
        "data/ir_cron.xml",
        "views/exchange_sync_line_views.xml",
        "views/exchange_sync_run_views.xml",
        "views/exchange_contact_link_views.xml",
        "views/exchange_inbox_entry_views.xml",
        "wizards/exchange_answer_views.xml",
        "wizards/exchange_reset_views.xml",
        "views/exchange_account_form.xml",
        "views/exchange_account_views.xml",
        "views/exchange_provider_views.xml",
        "views/res_partner_views.xml",
        "views/menus.xml",
    ],
}
