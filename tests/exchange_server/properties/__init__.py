# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The properties of items and folders: how they are named, stored, read and written.

An item's values are one flat mapping from a *key* to a plain value. Keys are EWS field
URIs: ``contacts:GivenName``, ``contacts:PhoneNumber:MobilePhone``,
``contacts:PhysicalAddress:Business:City``, ``contacts:EmailAddress:EmailAddress1``
(with ``…:Name`` and ``…:RoutingType`` beside it), ``item:Categories``. Extended
properties have keys that begin with ``extended:``.
"""
