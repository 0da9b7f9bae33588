"""How fast each platform lets a bot speak, as data, and who may speak now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from policy_kb.words import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

SHORT = timedelta(seconds=1)  # no longer than this is waited with a message in the hand
REMEMBERED = 1000  # conversations kept in mind before those that have rested are forgotten
EVERYWHERE = ""  # stands for all conversations of a platform together


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many messages at once; after them one more each time a pause has passed."""

    at_once: int
    then_each: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one platform bears."""

    conversation: Rate
    together: Rate | None = None


# Slack: about one message a second in each conversation, with short bursts.
# Teams: seven within a second, but no more than 60 in half a minute and 1,800 in an hour, so the pause is two seconds;
# of its 50 requests a second for one bot in one tenant we leave twenty to log-ins, private chats and card updates.
LIMITS: Mapping[Channel, Limits] = MappingProxyType(
    {
        Channel.SLACK: Limits(conversation=Rate(at_once=3, then_each=timedelta(seconds=1))),
        Channel.TEAMS: Limits(
            conversation=Rate(at_once=7, then_each=timedelta(seconds=2)),
            together=Rate(at_once=30, then_each=timedelta(seconds=1) / 30),
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Go:
    """The turn is taken: send after a pause of at most `SHORT`."""

    after: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYet:
    """No turn is taken; ask again at this instant."""

    until: datetime


Turn: TypeAlias = Go | NotYet


class Pace:
    """
    Keeps what this process sends within the limits; it reads no clock and waits for nothing.

    Several bots on one database each keep a pace of their own: the platform's "too many" is what joins them.
    """

    def __init__(self, limits: Mapping[Channel, Limits] = LIMITS) -> None:
        self._limits = limits
        self._rested_at: dict[tuple[Channel, str], datetime] = {}  # when every message of a burst is free again

    def take_turn(self, channel: Channel, conversation: str, now: datetime) -> Turn:
        """
        Take a turn in a conversation, or say when there is one.

        A conversation that has used up its burst is put off and holds up nobody else.
        A platform that has used up its burst is waited for, so that its messages keep their order.
        """
        limits = self._limits.get(channel)
        if limits is None:
            return Go(after=timedelta(0))
        own = self._free_at(channel, conversation, limits.conversation, now)
        if own > now:
            return NotYet(until=own)
        everybody = now if limits.together is None else self._free_at(channel, EVERYWHERE, limits.together, now)
        if everybody - now > SHORT:
            return NotYet(until=everybody)
        self._use(channel, conversation, limits.conversation, now)
        if limits.together is not None:
            self._use(channel, EVERYWHERE, limits.together, now)
        return Go(after=everybody - now)

    def _free_at(self, channel: Channel, conversation: str, rate: Rate, now: datetime) -> datetime:
        rested = self._rested(channel, conversation, rate, now)
        return max(now, rested - rate.then_each * (rate.at_once - 1))

    def _use(self, channel: Channel, conversation: str, rate: Rate, now: datetime) -> None:
        if len(self._rested_at) >= REMEMBERED:
            self._rested_at = {place: rested for place, rested in self._rested_at.items() if rested > now}
        self._rested_at[channel, conversation] = self._rested(channel, conversation, rate, now) + rate.then_each

    def _rested(self, channel: Channel, conversation: str, rate: Rate, now: datetime) -> datetime:
        rested = self._rested_at.get((channel, conversation), now)
        # No burst takes longer to recover from than this: a clock that was set back must not silence anybody.
        longest = now + rate.then_each * rate.at_once + SHORT
        return min(max(rested, now), longest)
