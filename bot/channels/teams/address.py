"""Where a reply goes in Teams: the text that `reply_to` carries, and the place a private answer came from."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.secret import Secret

_SIGNATURE_BYTES = 16


class AddressError(Exception):
    """The text is not an address this channel once made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One person in one conversation, and the activity they acted with."""

    service_url: str
    tenant: str
    conversation: str  # without the thread
    thread: str = ""  # the id of the channel post that was replied to
    bot: str
    user: str
    private: bool
    activity: str = ""  # what the person sent; makes the address of each question its own
    replaces: str = ""  # the card whose button was pressed
    card: str = ""  # a message sent to this address before, wherever it went
    tell: bool = True  # say in a shared conversation that the answer went to the person alone
    home: str = ""  # signed: the shared conversation where a private card's question was asked

    @property
    def full_conversation(self) -> str:
        """Return the conversation id as Teams writes it, with the thread where there is one."""
        return f"{self.conversation};messageid={self.thread}" if self.thread else self.conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The shared conversation a private answer belongs to."""

    conversation: str
    thread: str


def write_address(address: Address) -> str:
    """Return the address as text; equal addresses give equal texts."""
    return json.dumps(asdict(address), sort_keys=True)


def read_address(text: str) -> Address:
    """
    Read what `write_address` wrote.

    Raises:
        AddressError: it is something else.
    """
    try:
        values = json.loads(text)
        address = Address(**values)
    except (ValueError, TypeError):
        raise AddressError("not an address of Teams") from None
    if any(not isinstance(getattr(address, field.name), (str, bool)) for field in fields(Address)):
        raise AddressError("an address of Teams with a wrong part")
    return address


def sign_home(home: Home, *, user: str, secret: Secret) -> str:
    """Return the home as a text for a button's data, of use to this user alone."""
    text = urlsafe_b64encode(json.dumps([home.conversation, home.thread]).encode()).decode()
    return f"{text}.{_signature(text, user=user, secret=secret)}"


def read_home(signed: str, *, user: str, secret: Secret) -> Home | None:
    """
    Return the home that a button's data names, or None where it was not signed for this user.

    A client can send any data with a press. Unsigned, it could make the bot post in a
    conversation that the person cannot even see.
    """
    text, _, signature = signed.partition(".")
    if not signature.isascii() or not hmac.compare_digest(signature, _signature(text, user=user, secret=secret)):
        return None
    conversation, thread = json.loads(urlsafe_b64decode(text))
    return Home(conversation=conversation, thread=thread)


def _signature(text: str, *, user: str, secret: Secret) -> str:
    key = hashlib.sha256(b"ask-first teams home" + secret.reveal().encode()).digest()
    return hmac.digest(key, f"{user}\n{text}".encode(), "sha256")[:_SIGNATURE_BYTES].hex()
