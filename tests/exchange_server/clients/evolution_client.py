# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Control Evolution's address book service from a test.

It runs with the system's Python, which has the service's bindings, in a separate D-Bus
session. It reads lines of JSON, ``{"step": name, "arguments": {…}}``, and answers with
``{"result": …}`` or ``{"error": text}``. The account is a source file of the service;
user and password are in EWS_USER and EWS_PASSWORD.
"""

import base64
import json
import os
import sys
import time
import traceback

import gi

gi.require_version("EBook", "1.2")
gi.require_version("EBookContacts", "1.2")
gi.require_version("EDataServer", "1.2")

from gi.repository import EBook, EBookContacts, EDataServer, GLib  # noqa: E402

ACCOUNT = "exchange"  # the name of its source file
PATIENCE = 30  # seconds for what the service does in the background
WITHOUT_WAITING = 2**32 - 1  # of the service; it asks for the password meanwhile
EVERYBODY = "#t"
VCARD_3 = getattr(EBookContacts.VCardFormat, "30")  # no name that Python can write


def wait_for(what, found):
    """Return the result of a function as soon as it is not empty.

    :param what: description of the result, for the error
    :raises TimeoutError: the result stays empty for a long time
    """
    deadline = time.monotonic() + PATIENCE
    while not (result := found()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited in vain for {what}")
        GLib.MainContext.default().iteration(False)
        time.sleep(0.01)
    return result


class AddressBooks:
    """The address books of the account, and the one that is open."""

    def __init__(self):
        self.registry = EDataServer.SourceRegistry.new_sync(None)
        self.book = None

    def sign_in(self):
        """The names of all address books that the service makes for the account."""
        account = self.registry.ref_source(ACCOUNT)
        account.invoke_authenticate_sync(self._credentials(), None)
        wait_for("the address books", lambda: "Contacts" in self._sources())
        return sorted(self._sources())

    def open(self, name):
        """Open an address book."""
        source = self._sources()[name]
        source.connect("credentials-required", self._authenticate)
        self.book = EBook.BookClient.connect_sync(source, WITHOUT_WAITING, None)
        wait_for("the connection", lambda: not self.book.is_readonly())

    def contacts(self):
        """The vCards of all contacts."""
        self.book.refresh_sync(None)
        _, contacts = self.book.get_contacts_sync(EVERYBODY, None)
        return [_vcard(contact) for contact in contacts]

    def wait(self, text):
        """Refresh until some vCard contains a text; returns it."""

        def containing():
            return next((vcard for vcard in self.contacts() if text in vcard), None)

        return wait_for(f"a contact with {text!r}", containing)

    def wait_for_none(self):
        """Refresh until there is no contact any more."""
        return wait_for("an empty address book", lambda: not self.contacts())

    def create(self, vcard):
        """Make a contact; returns its identifier."""
        contact = EBookContacts.Contact.new_from_vcard(vcard)
        _, uid = self.book.add_contact_sync(contact, 0, None)
        return uid

    def read(self, uid):
        """The vCard of a contact."""
        return _vcard(self._contact(uid))

    def edit(self, uid, values):
        """Set properties of a contact, by the service's names for them."""
        contact = self._contact(uid)
        for name, value in values.items():
            contact.set_property(name, value)
        self.book.modify_contact_sync(contact, 0, None)

    def set_photo(self, uid, photo):
        """Give a contact a photo, which comes as base64."""
        picture = EBookContacts.ContactPhoto.new()
        picture.type = EBookContacts.ContactPhotoType.INLINED
        picture.set_inlined(base64.b64decode(photo))
        contact = self._contact(uid)
        contact.set_property("photo", picture)
        self.book.modify_contact_sync(contact, 0, None)

    def delete(self, uid):
        """Delete a contact."""
        self.book.remove_contact_by_uid_sync(uid, 0, None)

    def _contact(self, uid):
        _, contact = self.book.get_contact_sync(uid, None)
        contact.inline_local_photos()
        return contact

    def _sources(self):
        listed = self.registry.list_sources(EDataServer.SOURCE_EXTENSION_ADDRESS_BOOK)
        return {
            source.get_display_name(): source
            for source in listed
            if source.get_parent() == ACCOUNT
        }

    def _authenticate(self, source, *_):
        source.invoke_authenticate_sync(self._credentials(), None)

    def _credentials(self):
        credentials = EDataServer.NamedParameters.new()
        credentials.set("username", os.environ["EWS_USER"])
        credentials.set("password", os.environ["EWS_PASSWORD"])
        return credentials


def _vcard(contact):
    return contact.to_string(VCARD_3)


def main():
    books = AddressBooks()
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"result": getattr(books, asked["step"])(**asked["arguments"])}
        except (GLib.Error, TimeoutError) as error:
            traceback.print_exc()
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
