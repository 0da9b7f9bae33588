"""What others hear of the people of a site: who does not want a part, whose login is not theirs alone any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.message import Message, Paragraph, Tone
from handlers.people_and_days import name_of
from handlers.requests import in_words
from handlers.sites.looking_after_about import part_about, read_news
from handlers.sites.looking_after_in_words import A_PART, does, gone
from policy_kb.bot_words import Action

if TYPE_CHECKING:
    from handlers.message import Button
    from handlers.scene import SayScene
    from handlers.sites.looking_after_about import PartAbout


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A sentence, what follows from it, and the button that leads on: of all its people, or of its card."""

    title: str
    says: str
    leads_to: Action = Action.NAME_PEOPLE
    label: str = "Who looks after it"
    tone: Tone = Tone.PLAIN


NEWS = {
    "refused": News(
        title="{who} has said that they do not {does} {site}.",
        says="The site has the people it needs without them (A.5.4).",
    ),
    "ended": News(
        title="You are not {part} of {site} any more.",
        says="Whoever answers for the site has taken you off. Your turns on its rota are off too.",
        leads_to=Action.SITES,
        label="My sites",
    ),
    "login": News(
        title="{who}'s login to {site} is not their own any more (A.3.2).",
        says="Nobody may share a login. Give them one of their own, and change what others may know by now. "
        "Never send me a password.",
        tone=Tone.CARE,
    ),
    "my_login": News(
        title="Thank you. The administrators of {site} know that your login there is not your own any more (A.3.2).",
        says="Please do not use it. They give you one of your own; then tell me so. "
        "I never ask for a password, so please never send me one.",
        leads_to=Action.ATTEST,
        label="It is my own again",
        tone=Tone.CARE,
    ),
    "author": News(
        title="You are down as the author of {site} from now on.",
        says="You answer for the site: its plan for stepping in, its people and its end (A.5.5, A.1.6).",
        leads_to=Action.SITE,
        label="The site",
    ),
}


def compose_people_news(about: str, scene: SayScene) -> Message:
    """Return what somebody hears: ``refused:7:site_moderator:tom-example``, ``author:7``."""
    part = read_news(about)
    site = scene.uow.sites.get(part.site) if part else None
    if part is None or site is None or part.what not in NEWS:
        return gone()
    news = NEWS[part.what]
    who = name_of(part.person, scene.uow) if part.person else "Somebody"
    as_ = A_PART[part.role] if part.role else ""
    return Message(
        title=news.title.format(who=who, part=as_, does=does(part.role), site=site.name),
        tone=news.tone,
        blocks=(Paragraph(text=news.says),),
        buttons=(_way_on(news, part),),
    )


def _way_on(news: News, part: PartAbout) -> Button:
    about = "" if news.leads_to is Action.SITES else part_about(part.site)
    return in_words.button(news.label, news.leads_to, about)
