# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Do something for real, and have it undone: Odoo's side of a rehearsal.

A savepoint undoes rows, and Odoo's own forgets the caches of records and whatever
waited for the commit (``odoo/sql_db.py``, ``_FlushingSavepoint``). Three things outlive
it. What is to be done after the commit (to send mails, to wake the web client or the
scheduled actions) waits in lists of the cursor: while it lasts, the cursor has others.
What a method of Odoo keeps for the whole process (``ormcache``) may have been kept
anew in between: it is forgotten once more. Numbers that PostgreSQL gave out do not
come back, so no row to come has the id of one that was undone. Files of attachments
are collected by Odoo itself (``ir_attachment.py``, ``_mark_for_gc``).

As long as it lasts, rows that it wrote are locked: whoever edits one of them waits.
What code of other addons does outside of the database at once, nobody can undo.
"""

from contextlib import closing, contextmanager

from odoo.tools.misc import Callbacks

AFTERWARDS = ("postcommit", "prerollback", "postrollback")
"""Lists of a cursor that a savepoint leaves alone."""


@contextmanager
def undone(env):
    """Whatever happens inside has not happened afterwards. Nothing may commit.

    :param env: Environment
    :return: context manager
    """
    cr = env.cr
    with closing(cr.savepoint()):
        waiting = {name: getattr(cr, name) for name in AFTERWARDS}
        try:
            for name in AFTERWARDS:
                setattr(cr, name, Callbacks())
            yield
        finally:
            for name, callbacks in waiting.items():
                setattr(cr, name, callbacks)
    env.invalidate_all(flush=False)
    _forget_kept(env.registry)


def _forget_kept(registry):
    """What was kept since something of it was changed may be of what is undone."""
    changed = sorted(registry.cache_invalidated)
    if changed:
        registry.clear_cache(*changed)
