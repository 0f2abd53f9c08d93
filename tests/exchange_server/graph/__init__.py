# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Microsoft Graph v1.0: contacts, contact folders, delta, photos, $batch.

It stands in front of the same store as EWS: what is written through one protocol is
read through the other. Sources are the pages below
https://learn.microsoft.com/graph/api/ and, where they are silent, what clients of
others record of real servers; each file names its own. Where evidence is weak, a
switch (:mod:`.switches`) decides how the server is read.
"""
