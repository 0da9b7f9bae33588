"""Cells that only a list of sites has: who, which host, which of the form's options, where to find it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from handlers.imports.cells import LONGEST, CellRefused, read_email, read_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policy_kb.rules.form import Option

HOSTS: Mapping[str, str] = {
    "academy": "academy",
    "the academy": "academy",
    "third party": "third_party",
    "a third party": "third_party",
}


def read_words(text: str) -> str:
    """Return what may be several lines, composed as Unicode wants it; raises CellRefused."""
    words = "\n".join(text.splitlines())
    if any(unicodedata.category(letter).startswith("C") for letter in words if letter != "\n"):
        raise CellRefused("There is a character in it that cannot be seen: type the cell anew.")
    return unicodedata.normalize("NFC", words)


def read_host(text: str) -> str:
    """Return who hosts a site, as the form has it; raises CellRefused."""
    plain = " ".join(text.lower().replace("_", " ").replace("-", " ").split())
    if plain not in HOSTS:
        raise CellRefused(f"“{text}” is no kind of host. Write academy or third party, and Instagram in host_name.")
    return HOSTS[plain]


def read_address(text: str) -> str:
    """Return where people find a site; raises CellRefused."""
    try:
        parts = urlsplit(text)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        is_one = False
    if not is_one or len(text) > LONGEST or any(letter.isspace() or not letter.isprintable() for letter in text):
        raise CellRefused(f"“{text}” is not an address such as https://www.example.org/elm.")
    return text


def plain_address(address: str) -> str:
    """Return an address so that two which lead to one place are alike."""
    return address.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def read_who(text: str) -> str:
    """Return an e-mail address or a staff number in lower case; raises CellRefused."""
    return read_email(text) if "@" in text else read_key(text).lower()


def read_people(text: str) -> tuple[str, ...]:
    """Return several people, parted by semicolons, each once; raises CellRefused."""
    return tuple(dict.fromkeys(read_who(one) for one in _parts(text)))


def read_options(text: str, options: Sequence[Option]) -> frozenset[str]:
    """Return which options of the form a cell ticks, by their keys or labels; raises CellRefused."""
    return frozenset(read_option(one, options) for one in _parts(text))


def read_option(text: str, options: Sequence[Option]) -> str:
    """Return one option of the form, by its key or label; raises CellRefused."""
    names = {_plain(name): option.key for option in options for name in (option.key, option.label)}
    if _plain(text) not in names:
        raise CellRefused(f"There is no “{text}”. There are: {', '.join(option.key for option in options)}.")
    return names[_plain(text)]


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("’", "'").split())


def _parts(text: str) -> Iterable[str]:
    return (part.strip() for part in text.split(";") if part.strip())
