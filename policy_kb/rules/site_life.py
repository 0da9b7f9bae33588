"""The life of a site, as one table: from which state to which, and who may move it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from policy_kb.bot_words import Action
from policy_kb.rules.refusal import ProductRule, Refusal
from policy_kb.site_words import SiteState

if TYPE_CHECKING:
    from collections.abc import Collection

    from policy_kb.rules.site import Site


class Doer(StrEnum):
    """In which part somebody does something to a site."""

    AUTHOR = "author"  # until it is approved, whoever asks for it
    ADMINISTRATOR = "administrator"
    MODERATOR = "moderator"
    HEAD = "head"  # whoever approves finally at its setting, or acts for them
    OFFICE = "office"  # looks after the setting in the bot; never decides
    APPROVER = "approver"  # whoever a step of its request asks
    CLOCK = "clock"  # the bot, because a day has come


class NotYourSite(Refusal):
    """Somebody does something to a site that others answer for."""

    key = "not_your_site"
    says = "That is for those who answer for the site: its author, an administrator, or the head."
    because = ProductRule.ONLY_WHO_IS_ASKED


class OnlyTheHead(Refusal):
    """Somebody decides what only the final approver decides, or whoever acts for them."""

    key = "only_the_head"
    says = "That is for the head of the setting to decide, or for whoever acts for them. Please ask them."
    because = "A.3.3"


class NotInThisState(Refusal):
    """The site is somewhere in its life where this cannot be done."""

    key = "not_in_this_state"
    says = "The site is not where that can be done. Its card shows how it stands now."
    because = ProductRule.EVERYTHING_IN_ITS_STATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """
    One way from a state to another: by somebody's press, or because a day has come.

    Up to the approval it is the request that moves, and the site follows it.
    """

    from_: SiteState
    to: SiteState
    by: Action | None  # None: a day has come
    doers: frozenset[Doer]
    clause: str


_ASKS, _DECIDES, _CLOCK = frozenset({Doer.AUTHOR}), frozenset({Doer.APPROVER}), frozenset({Doer.CLOCK})
MAY_CHECK = frozenset({Doer.AUTHOR, Doer.ADMINISTRATOR})
MAY_CLOSE = MAY_CHECK | {Doer.HEAD}
MAY_SUSPEND = frozenset({Doer.ADMINISTRATOR, Doer.HEAD})
_HEAD = frozenset({Doer.HEAD})
_STARTING = (SiteState.APPROVED, SiteState.PRE_LIVE)
_RUNNING = (SiteState.LIVE, SiteState.REVIEW_DUE, SiteState.LEGACY)

_TABLE: tuple[tuple[tuple[SiteState, ...], SiteState, Action | None, frozenset[Doer], str], ...] = (
    ((SiteState.DRAFT,), SiteState.SUBMITTED, Action.SUBMIT, _ASKS, "A.3.7"),
    ((SiteState.SUBMITTED,), SiteState.APPROVED, Action.APPROVE, _DECIDES, "A.3.3"),
    ((SiteState.SUBMITTED,), SiteState.DECLINED, Action.DECLINE, _DECIDES, "A.3.3"),
    ((SiteState.SUBMITTED, *_STARTING), SiteState.WITHDRAWN, Action.WITHDRAW_SURELY, _ASKS, "A.3.7"),
    (_STARTING, SiteState.SUBMITTED, Action.SUBMIT, _ASKS, "A.3.3"),  # changed in substance: all are asked anew
    ((SiteState.APPROVED,), SiteState.PRE_LIVE, Action.CHECK_SITE, MAY_CHECK, "A.4.1"),
    ((SiteState.PRE_LIVE,), SiteState.LIVE, Action.IS_LIVE, MAY_CHECK, "A.3.3"),
    ((SiteState.LIVE,), SiteState.REVIEW_DUE, None, _CLOCK, "6.2"),
    ((SiteState.REVIEW_DUE,), SiteState.LIVE, Action.CHECK_SITE, MAY_CHECK, "6.2"),
    ((SiteState.REVIEW_DUE,), SiteState.LIVE, Action.EVALUATE_SITE, MAY_CLOSE, "A.1.7"),
    ((SiteState.REVIEW_DUE,), SiteState.LIVE, Action.STILL_NEEDED, MAY_CLOSE, "A.1.6"),
    (_RUNNING, SiteState.CLOSING, None, _CLOCK, "A.1.6"),
    ((*_RUNNING, SiteState.SUSPENDED), SiteState.CLOSING, Action.CLOSE_SITE_SURELY, MAY_CLOSE, "A.1.6"),
    ((SiteState.CLOSING,), SiteState.CLOSED, Action.SITE_CLOSED, MAY_CLOSE, "A.1.6"),
    ((SiteState.CLOSING,), SiteState.LIVE, Action.EXTEND_SITE, _HEAD, "A.1.6"),
    ((SiteState.CLOSING,), SiteState.LEGACY, Action.EXTEND_SITE, _HEAD, "A.1.6"),
    ((*_RUNNING, SiteState.CLOSING), SiteState.SUSPENDED, Action.SUSPEND_SITE_SURELY, MAY_SUSPEND, "A.5.6"),
    ((SiteState.SUSPENDED,), SiteState.LIVE, Action.RESUME_SITE, _HEAD, "A.3.3"),
    ((SiteState.SUSPENDED,), SiteState.LEGACY, Action.RESUME_SITE, _HEAD, "A.3.3"),
    ((SiteState.LEGACY,), SiteState.LIVE, Action.TAKE_IN_SITE, _HEAD, "A.3.3"),
)
LIFE: tuple[Move, ...] = tuple(
    Move(from_=from_, to=to, by=by, doers=doers, clause=clause)
    for starts, to, by, doers, clause in _TABLE
    for from_ in starts
)
"""Every way there is; what is not in it does not happen. Sites from a list begin as LEGACY, or LIVE with a paper."""

OVER = frozenset({SiteState.DECLINED, SiteState.WITHDRAWN, SiteState.CLOSED})
"""From here no way leads on."""


def check_move(site: Site, by: Action, parts: Collection[Doer]) -> Move:
    """
    Return the way that somebody's press moves a site.

    Where two ways are open, it is the one to where the site belongs: `home`.

    Raises:
        OnlyTheHead, NotYourSite: they may not, whatever state it is in.
        NotInThisState: no way leads on from where it is.

    Policy: A.1.6, A.1.7, A.3.3, 6.2
    """
    check_doer(frozenset().union(*(one.doers for one in LIFE if one.by is by)), parts)
    found = [one for one in LIFE if one.from_ is site.state and one.by is by]
    if not found:
        raise NotInThisState
    return next((one for one in found if one.to is home(site)), found[0])


def check_doer(may: Collection[Doer], parts: Collection[Doer]) -> None:
    """Refuse whoever has none of the parts that may do something; raises OnlyTheHead, NotYourSite."""
    if set(may) & set(parts):
        return
    if set(may) == _HEAD:
        raise OnlyTheHead
    raise NotYourSite


def home(site: Site) -> SiteState:
    """
    Return in which state a site is while nothing is wrong with it: live, or legacy where no approval is on paper.

    Policy: A.3.3
    """
    return SiteState.LEGACY if site.request is None and not site.paper else SiteState.LIVE
