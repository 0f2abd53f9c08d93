# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""No file names a place that exists on one machine only.

What is looked for is asked of the machine the check runs on: the folders of this
checkout, its cache and the user's home, and the hosts that pip, apt and npm load
packages from here.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from pip._internal.models.index import PyPI

ENVIRONMENT = ("EXCHANGE_CONTACT_SYNC_ROOT", "EXCHANGE_CONTACT_SYNC_CACHE", "HOME")
ASK_PIP = ("pip", "config", "list")
ASK_APT = ("apt-get", "indextargets", "--format", "$(REPO_URI)")
ASK_NPM = ("npm", "config", "get", "registry")
URL = re.compile(r"https?://[^\s'\"]+")


def urls_printed_by(command: tuple[str, ...]) -> Iterator[str]:
    """Yield the web addresses that a tool prints; none if it is not installed."""
    if not shutil.which(command[0]):
        return
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    yield from URL.findall(done.stdout)


@cache
def registry_hosts() -> frozenset[str]:
    """Return the hosts from which this machine gets packages, without ports."""
    urls = [PyPI.url, f"https://{PyPI.file_storage_domain}/"]
    for command in (ASK_PIP, ASK_APT, ASK_NPM):
        urls.extend(urls_printed_by(command))
    return frozenset(filter(None, (urlsplit(url).hostname for url in urls)))


@cache
def folders() -> frozenset[str]:
    """Return the folders of this machine and user, without the root folder."""
    named = {os.environ.get(name, "").rstrip("/") for name in ENVIRONMENT}
    return frozenset(named - {""})


@cache
def pattern() -> re.Pattern[str]:
    """Any of them as a whole, not as a part of a longer name."""
    paths = "|".join(map(re.escape, sorted(folders())))
    hosts = "|".join(map(re.escape, sorted(registry_hosts())))
    return re.compile(
        rf"(?<![\w./-])(?:{paths}|/home/\w+)(?![\w-])|(?<![\w.-])(?:{hosts})(?![\w-])"
    )


def named_places(path: Path, text: str) -> Iterator[str]:
    """A complaint for each line that names such a place."""
    for number, line in enumerate(text.splitlines(), start=1):
        found = pattern().search(line)
        if found:
            yield f"{path}:{number}: names {found.group()}, which others do not have"
