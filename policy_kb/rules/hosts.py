"""The sites that host other people's pages, and how old one must be to use them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_kb.toml_entries import Entry, read_entries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OFTEN = 13  # years; what the policy says most hosts ask for
HOST_FIELDS = ("name", "aliases", "youngest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """
    A third party that hosts sites.

    Policy: A.2.5
    """

    name: str
    aliases: tuple[str, ...]
    youngest: int  # years

    def is_named_in(self, text: str) -> bool:
        """Tell whether a text names it; a name of one letter counts only where it is the whole text."""
        plain = text.casefold().strip()
        names = [name.casefold() for name in (self.name, *self.aliases)]
        return plain in names or any(len(name) > 1 and _stands_in(name, plain) for name in names)


def load_hosts(file: Path) -> Mapping[str, Host]:
    """
    Read the hosts by name.

    Raises:
        EditionError: the file has a slip; the error names the line.
    """
    found: dict[str, Host] = {}
    for entry in read_entries(file, "host"):
        host = _host(entry)
        for name in (host.name, *host.aliases):
            if any(name.casefold() in _names(other) for other in found.values()):
                raise entry.wrong(f"'{name}' stands twice among the hosts; keep one.")
        found[host.name] = host
    return found


def hosts_named(text: str, hosts: Mapping[str, Host]) -> tuple[Host, ...]:
    """Return the hosts that a text names, in the order of the table."""
    return tuple(host for host in hosts.values() if host.is_named_in(text))


def _host(entry: Entry) -> Host:
    entry.check_only(*HOST_FIELDS)
    return Host(name=entry.text("name"), aliases=entry.texts("aliases"), youngest=entry.number("youngest"))


def _names(host: Host) -> frozenset[str]:
    return frozenset(name.casefold() for name in (host.name, *host.aliases))


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
