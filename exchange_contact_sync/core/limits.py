# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How much is taken from a server, all in one place: a server that is broken, slow or
malicious costs one account a failed run, and the machine nothing.

What an administrator may set is elsewhere (``storage/settings.py``).
"""

from __future__ import annotations

ANSWER_TIMES = 2.0
"""How many times as long as for its beginning (``Settings.timeout``, 30 s) is waited
for the end of an answer, the handshakes before it included. Odoo ends a worker that
serves one job for 120 s (``limit_time_real``)."""

SEARCH_SECONDS = 45.0
"""Looking for a server may try a dozen addresses. Somebody looks on, and that worker is
ended after 120 s too; the last attempt may take another 20 s."""

CONNECT_SECONDS = 10.0
"""A server that takes longer to accept a connection is not there, however many
addresses its name has."""

RECEIVED_BYTES = 64 * 2**20
"""Of one answer, as it is sent. The largest are the photos of a batch, of some 100 kB
each, and the notes of 250 contacts; a usual answer has 500 kB."""

UNPACKED_BYTES = 64 * 2**20
"""Of one answer after it is unpacked: 64 kB can become 64 MB. Reading XML takes about
five times its size in memory, and Odoo ends a worker that has 2 GB."""

BATCH_SECONDS = 20.0
"""How long one call for a batch goes on asking for less, where the server serves less
than it is asked for. The rest waits for the next slice, which has 10 s."""

XML_LEVELS = 60
"""Elements within one another. EWS needs no more than 20; reading thousands takes more
of the stack than a thread has."""

BACK_OFF_SECONDS = 6 * 60 * 60.0
"""How long a server may ask to be left alone. Exchange asks for minutes; one that asks
for years would silently end the synchronization."""

DETAIL_CHARACTERS = 1000
"""Kept of what a server said about a failure. It is read by people, and kept with every
run."""

NAME_CHARACTERS = 1000
"""Of all parts of a person's name together; Exchange shows 256. A contact with a longer
name is left alone: without a part of its name it would be another's."""

TEXT_CHARACTERS = 2000
"""Of any other value but the notes. Exchange keeps 255 of most; addresses of websites
may have some 2,000."""

NOTE_CHARACTERS = 1_000_000
"""Of the notes, with their markup. Odoo cleans them each time they are written, at
about a second for as many."""

MEMBERS, MEMBER_CHARACTERS = 100, 1000
"""Of a list of names, such as categories. Odoo creates a tag for each that it does not
have, for all users to see; Outlook keeps 255 characters of one, Odoo more."""

PHOTO_BYTES = 10 * 2**20
"""Of a photo. Outlook keeps 100 kB; a camera makes some megabytes."""

PHOTO_PIXELS = 50_000_000
"""Of a photo: what Odoo accepts (``odoo/tools/image.py``, ``IMAGE_MAX_RESOLUTION``).
A file of 100 kB may claim to have 900 million, which take 3 GB once they are
unpacked."""

FOLDERS, FOLDER_LEVELS, FOLDER_NAME_CHARACTERS = 2000, 300, 255
"""Of contact folders, of those one below the other, and of a folder's name. Exchange
Online has no more levels, and no longer names ("Exchange Online limits"); each folder
is asked in each run."""
