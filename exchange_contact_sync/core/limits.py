# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Limits on the data accepted from a server, all in one place: a server that is broken,
slow or malicious can fail the run of one account but cannot harm the machine.

Limits that an administrator can set are in ``storage/settings.py``.
"""

from __future__ import annotations

ANSWER_TIMES = 2.0
"""The time limit for a whole response, including the handshakes before it, as a
multiple of the time limit for its beginning (``Settings.timeout``, 30 s). Odoo stops a
worker after 120 s on one job (``limit_time_real``)."""

SEARCH_SECONDS = 45.0
"""Searching for a server may involve a dozen addresses. A person is waiting, and Odoo
stops this worker after 120 s too; the last attempt may take another 20 s."""

CONNECT_SECONDS = 10.0
"""A server that does not accept a connection in this time counts as unreachable,
regardless of the number of its IP addresses."""

RECEIVED_BYTES = 64 * 2**20
"""Of one response, as transferred. The largest contain the photos of a batch, about
100 kB each, and the notes of 250 contacts; a usual response has 500 kB."""

UNPACKED_BYTES = 64 * 2**20
"""Of one response after decompression: 64 kB can become 64 MB. Parsing XML takes about
five times its size in memory, and Odoo stops a worker that uses 2 GB."""

BATCH_SECONDS = 20.0
"""The time during which one call for a batch repeats smaller requests, if the server
returns less than requested. The rest waits for the next slice, which has 10 s."""

XML_LEVELS = 60
"""Nested elements. EWS needs at most 20; parsing thousands takes more stack than a
thread has."""

BACK_OFF_SECONDS = 6 * 60 * 60.0
"""The longest delay that a server may ask for. Exchange asks for minutes; without this
limit, a server could silently stop the synchronization for years."""

DETAIL_CHARACTERS = 1000
"""Of a server's error message. People read it, and every run stores it."""

NAME_CHARACTERS = 1000
"""Of all parts of a person's name together; Exchange displays 256. A contact with a
longer name is left unchanged: without a part of it, it would be a different name."""

TEXT_CHARACTERS = 2000
"""Of any other value except the notes. Exchange stores 255 of most; web addresses may
have about 2,000."""

NOTE_CHARACTERS = 1_000_000
"""Of the notes including their markup. Odoo sanitizes them on each write, which takes
about a second for this many."""

MEMBERS, MEMBER_CHARACTERS = 100, 1000
"""Of a list of names, such as categories. Odoo creates a tag for each missing name,
visible to all users; Outlook stores 255 characters of a name, Odoo more."""

PHOTO_BYTES = 10 * 2**20
"""Of a photo. Outlook stores 100 kB; a camera produces several megabytes."""

PHOTO_PIXELS = 50_000_000
"""Of a photo: the limit of Odoo (``odoo/tools/image.py``, ``IMAGE_MAX_RESOLUTION``). A
file of 100 kB may declare 900 million pixels, which take 3 GB once decompressed."""

FOLDERS, FOLDER_LEVELS, FOLDER_NAME_CHARACTERS = 2000, 300, 255
"""Of contact folders, of nested ones, and of a folder's name. Exchange Online allows no
more levels and no longer names ("Exchange Online limits"); each run sends a request for
each folder."""
