# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How much is taken from a server, all in one place: a server that is broken, slow or
malicious costs one account a failed run, and the machine nothing.

What an administrator may set is elsewhere (``partner/limits.py``).
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
