# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lets the Python package O365 do what a test asks for.

Run by the Python of the environment that the package is installed in. One line of JSON
in, ``{"step": name, "arguments": {…}}``; one line out, ``{"result": …}`` or ``{"error":
text, "code": Graph's code, "status": HTTP status}``. It finds the simulator through
HTTPS_PROXY and trusts it by REQUESTS_CA_BUNDLE.
"""

import base64
import json
import os
import sys
import traceback

from O365 import Account
from O365.address_book import ContactFolder
from O365.utils.token import MemoryTokenBackend
from requests import HTTPError

CREDENTIALS = os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"]
SCOPES = ["basic", "address_book_all"]


def account_of(**options):
    """An account that keeps tokens in memory and does not wait between requests."""
    tokens = MemoryTokenBackend()
    return Account(CREDENTIALS, token_backend=tokens, requests_delay=0, **options)


def described(contact):
    """What a test looks at of a contact."""
    return {
        "id": contact.object_id,
        "display_name": contact.display_name,
        "name": contact.name,
        "surname": contact.surname,
        "company": contact.company_name,
        "job": contact.job_title,
        "emails": [[each.name, each.address] for each in contact.emails],
        "mobile": contact.mobile_phone,
        "business_phones": contact.business_phones,
        "city": contact.business_address.get("city"),
        "categories": contact.categories,
        "notes": contact.personal_notes,
    }


class Client:
    """The address book of a user."""

    def __init__(self):
        self.account = None
        self.flow = None

    @property
    def book(self):
        return self.account.address_book()

    def begin_sign_in(self):
        """The address at which a person signs in."""
        self.account = account_of()
        url, self.flow = self.account.get_authorization_url(requested_scopes=SCOPES)
        return url

    def end_sign_in(self, url):
        """Who signed in.

        :param url: where the person was sent back to
        """
        if not self.account.request_token(url, flow=self.flow):
            raise ValueError("no token")
        return self.account.con.username

    def me(self):
        """The name of the user."""
        return self.account.get_current_user_data().display_name

    def list_as_application(self, tenant, address):
        """The surnames in a mailbox, which the application reads by itself."""
        account = account_of(
            auth_flow_type="credentials", tenant_id=tenant, main_resource=address
        )
        if not account.authenticate():
            raise ValueError("no token")
        return [each.surname for each in account.address_book().get_contacts()]

    def create(self, surname="Byron"):
        """Make a contact; returns its identifier.

        In the default folder: the package puts it there in any case (its issue 764).
        """
        contact = self.book.new_contact()
        contact.name = "Ada"
        contact.surname = surname
        contact.company_name = "Zahnräder & Söhne AG"
        contact.job_title = "Programmer"
        contact.emails.add([("Ada Byron", "ada@example.com")])
        contact.mobile_phone = "+41 79 555 01 23"
        contact.business_phones = ["+41 44 555 01 23", "+41 44 555 01 24"]
        contact.business_address = {"city": "Zürich", "postalCode": "8001"}
        contact.categories = ["Customer"]
        contact.personal_notes = "Wrote the first program."
        contact.save()
        return contact.object_id

    def contacts(self, batch=None, order=None):
        """All contacts, in pages of a size."""
        found = self.book.get_contacts(limit=100, batch=batch, order_by=order)
        return [described(each) for each in found]

    def find_by_email(self, email):
        """The identifiers of contacts with an address.

        Not by get_contact_by_email(): it calls a function in a way of the past.
        """
        query = self.book.new_query()
        query = query.any("email_addresses", query.equals("address", email))
        return [each.object_id for each in self.book.get_contacts(query=query)]

    def find_by_name(self, beginning, company):
        """The identifiers of contacts by the package's own queries."""
        query = self.book.new_query()
        query = query.startswith("surname", beginning) & query.equals(
            "company_name", company
        )
        return [each.object_id for each in self.book.get_contacts(query=query)]

    def edit(self, id, values):
        """Set attributes of a contact, by the package's names for them."""
        contact = self._contact(id)
        for name, value in values.items():
            setattr(contact, name, value)
        contact.save()

    def edit_emails(self, id, addresses):
        """Give a contact other addresses."""
        contact = self._contact(id)
        contact.emails.clear()
        contact.emails.add(addresses)
        contact.save()

    def delete(self, id):
        """Delete a contact."""
        self._contact(id).delete()

    def delete_twice(self, id):
        """Delete a contact that is gone already."""
        first, second = self._contact(id), self._contact(id)
        first.delete()
        second.delete()

    def set_photo(self, id, photo):
        """Give a contact a photo, which comes as base64."""
        return self._contact(id).update_profile_photo(base64.b64decode(photo))

    def photo(self, id):
        """The photo of a contact as base64."""
        found = self._contact(id).get_profile_photo()
        return found and base64.b64encode(found).decode()

    def folders(self, id=None):
        """The names of the folders in a folder."""
        return [each.name for each in self._folder(id).get_folders()]

    def create_folder(self, name, parent=None):
        """Make a folder; returns its identifier."""
        return self._folder(parent).create_child_folder(name).folder_id

    def find_folder(self, name):
        """The identifier of a folder by its name."""
        found = self._folder(None).get_folder(folder_name=name)
        return found and found.folder_id

    def rename_folder(self, id, name):
        """Give a folder another name; returns what the package makes of the answer."""
        folder = self._folder(id)
        folder.update_folder_name(name)
        return folder.name

    def move_folder(self, id, target):
        """Put a folder into another one; returns the folder above it."""
        folder = self._folder(id)
        folder.move_folder(target)
        return folder.parent_id

    def delete_folder(self, id):
        """Delete a folder."""
        self._folder(id).delete()

    def in_folder(self, id):
        """The surnames of the contacts in a folder."""
        return [each.surname for each in self._folder(id).get_contacts()]

    def _folder(self, id):
        """Any folder. To an address book each of its folders is the default one."""
        account = self.account
        root = ContactFolder(con=account.con, protocol=account.protocol, root=True)
        return root if id is None else root.get_folder(folder_id=id)

    def _contact(self, id):
        """The package reads no contact by its identifier: lists have it."""
        for each in self.book.get_contacts(limit=None):
            if each.object_id == id:
                return each
        raise LookupError(id)


def failed(error):
    response = error.response
    try:
        code = response.json()["error"]["code"]
    except ValueError:
        code = None
    return {"error": str(error), "code": code, "status": response.status_code}


def main():
    client = Client()
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            result = getattr(client, asked["step"])(**asked["arguments"])
            answer = {"result": result}
        except HTTPError as error:
            answer = failed(error)
        except Exception as error:
            traceback.print_exc()
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
