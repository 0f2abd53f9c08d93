# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Switches for details of real servers that are not documented.

A client should work with each value of each switch. The first value is the default.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping

CHOICES: Mapping[str, tuple[object, ...]] = {
    # PATCH and DELETE with If-Match and another version: 412, or carried out.
    "if_match": ("honored", "ignored"),
    # DisplayName is computed again by a PATCH without it: of any property, of a
    # part of the name, or not at all.
    "display_name": ("any", "names", "kept"),
    # POST without givenName: made, or refused (msgraph-sdk-dotnet issue 247, 2018).
    "given_name": ("optional", "required"),
    # Notes in lists: those that begin with a line break lose all breaks and end after
    # 256 characters (microsoft-graph-docs issue 17598); all notes do; none does.
    "notes_in_lists": ("begins", "all", "whole"),
    # A PATCH of an address: its other parts go, or stay.
    "address_patch": ("replace", "merge"),
    # {"id": …, "value": null} among the extended properties of a PATCH.
    "null_extended": ("deletes", "refused", "ignored"),
    # How answers write the id of an extended property.
    "extended_id": ("normalized", "verbatim"),
    # A plain and an extended property that are the same value, in one request.
    "overlap": ("refused", "extended", "plain"),
    # Lists whose first slot is empty and the second is not.
    "list_gaps": ("closed", "kept"),
    # The display name of an e-mail address that stays (microsoft-graph-docs issue 507).
    "email_names": ("stuck", "updatable"),
    # Addresses without an @ (microsoft-graph-docs issue 2186).
    "odd_addresses": ("kept", "vanish"),
    # The most contacts of a page with $expand; beyond, pages are shorter than asked.
    "expand_page": (100, 1000),
    # The most folders of a page; beyond, pages are shorter than asked.
    "folder_page": (1000, 2),
    # How the link to the next page of a list continues it: links are opaque.
    "list_links": ("$skip", "$skiptoken"),
    # Terms of a $filter; beyond, it is refused.
    "filter_terms": (20, 1000),
    # $expand in the first call of delta.
    "delta_expand": ("refused", "ignored", "honored"),
    # Items that come again on a later page of the same round.
    "delta_repeats": (True, False),
    # The most entries of a page of delta, whatever odata.maxpagesize says.
    "delta_page": (200, 50, 1000),
    # The answer to a delta link that the server does not know any more.
    "dead_link": (
        "410 SyncStateNotFound",
        "410 fullSyncRequired",
        "410 resyncRequired",
        "400 ErrorInvalidIdMalformed",
        "400 SyncStateInvalid",
        "404 syncStateNotFound",
    ),
    # The answer to a delta link of a folder that is gone.
    "dead_folder": (
        "404 ErrorItemNotFound",
        "404 ErrorFolderNotFound",
        "410 SyncStateNotFound",
        "400 ErrorInvalidIdMalformed",
    ),
    # What @removed says of an item that was moved elsewhere.
    "moved_reason": ("deleted", "changed"),
    # With immutable ids, an item that left and came back within one round is listed as
    # deleted and never again (microsoft-graph-docs issue 21752), or not at all.
    "immutable_return": ("lost", "reported"),
    # Delta in a mailbox that is full (quota_exceeded).
    "delta_when_full": ("works", "refused"),
    # The order of the answers in a batch.
    "batch_order": ("mixed", "kept"),
    # Independent requests of one batch after the fourth: done in turn, or 429.
    "beyond_four": ("queued", "throttled"),
    # Removing a photo: DELETE, and PUT with an empty body.
    "photo_delete": ("refused", "honored"),
    "photo_empty_put": ("removes", "refused"),
    # Whether a new photo gives the contact another version.
    "photo_version": ("changes", "stays"),
    # Where deleted contacts go.
    "deleted_go_to": ("deleteditems", "recoverableitemsdeletions"),
    # DELETE of a contact folder (403 in DavMail's tests).
    "folder_delete": ("allowed", "denied"),
    # Folders beside the default one, in lists of contactFolders.
    "sibling_folders": ("hidden", "listed"),
    # The id of the default folder, of its own and as others' parentFolderId.
    "default_folder_id": ("same", "own spelling"),
    # Requests of one application to one mailbox at the same time, and in ten minutes.
    "concurrent": (4, 1, 1000),
    "requests_in_ten_minutes": (10_000,),
}
_NUMBERS = frozenset(name for name, values in CHOICES.items() if type(values[0]) is int)


class Switches:
    """The switches of one server; each is an attribute with the name in CHOICES."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values = {name: values[0] for name, values in CHOICES.items()}

    def __getattr__(self, name: str) -> object:
        try:
            return self.__dict__["_values"][name]
        except KeyError:
            raise AttributeError(name) from None

    def set(self, **values: object) -> None:
        """Turn some switches.

        :raises ValueError: for a switch or a value that there is not
        """
        for name, value in values.items():
            if name not in CHOICES:
                raise ValueError(f"no switch {name}")
            is_number = type(value) is int and value > 0
            if value not in CHOICES[name] and not (name in _NUMBERS and is_number):
                allowed = ", ".join(map(str, CHOICES[name]))
                raise ValueError(f"{name} must be one of {allowed}")
        with self._lock:
            self._values.update(values)

    def reset(self) -> None:
        """Turn all back to their defaults."""
        with self._lock:
            self._values = {name: values[0] for name, values in CHOICES.items()}

    def as_dict(self) -> dict[str, object]:
        """All of them, for the control interface."""
        return dict(self._values)
