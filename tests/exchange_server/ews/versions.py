# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Versions of the schema that requests can be written for, and of this server.

Source: the EWS pages "RequestServerVersion" and "EWS schema versions in Exchange"; the
names after Exchange2013_SP1 are those that exchangelib's version.py tries.
"""

from __future__ import annotations

from enum import IntEnum

from .errors import SoapFault


class Version(IntEnum):
    """Schema versions, oldest first."""

    EXCHANGE_2007 = 1
    EXCHANGE_2007_SP1 = 2
    EXCHANGE_2010 = 3
    EXCHANGE_2010_SP1 = 4
    EXCHANGE_2010_SP2 = 5
    EXCHANGE_2013 = 6
    EXCHANGE_2013_SP1 = 7
    EXCHANGE_2015 = 8
    EXCHANGE_2015_SP1 = 9
    EXCHANGE_2016 = 10


_BY_NAME = {each.name.replace("EXCHANGE_", "Exchange"): each for each in Version}

# Exchange 2016 CU23; like a real one it names the schema's date as its version.
SERVER_VERSION_INFO = (
    '<t:ServerVersionInfo MajorVersion="15" MinorVersion="1" MajorBuildNumber="2507"'
    ' MinorBuildNumber="35" Version="V2017_07_11"/>'
)


def read_version(name: str | None) -> Version:
    """The version that a request's header names.

    :param name: None for a request that says nothing: it is taken for the first schema
    :raises SoapFault: ErrorInvalidServerVersion
    """
    if name is None:
        return Version.EXCHANGE_2007
    try:
        return _BY_NAME[name]
    except KeyError as error:
        raise SoapFault("ErrorInvalidServerVersion") from error
