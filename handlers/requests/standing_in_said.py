"""Who acts for whom, as the people concerned read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import Fact, Facts, Message, Note, Paragraph, Tone
from handlers.people_and_days import day_in_words, name_of
from handlers.requests import in_words, standing_in
from policy_kb.bot_words import Action
from policy_kb.words import Role, SettingId, SettingType

if TYPE_CHECKING:
    from handlers.message import Button
    from handlers.scene import SayScene
    from policy_kb.rules.delegation import StandIn
    from storage.delegations import Delegation

SIGNED = "What the one decides for the other is signed “acting for”. Nobody decides on what they ask for themselves."


def compose_asked(about: str, scene: SayScene) -> Message:
    """Return the question whether it shall be written down; where a name means several people, which is meant."""
    meant = tuple(found for one in about.split("|") if (found := standing_in.read_about(one)))
    if not meant or scene.person is None:
        return in_words.gone()
    if len(meant) > 1:
        return Message(
            title="Whom do you mean?",
            tone=Tone.ASK,
            blocks=(Paragraph(text=f"It would be {_days(meant[0])}. Press the right one, and I write it down."),),
            buttons=tuple(_yes(one, _pair(one, scene)) for one in meant),
        )
    (only,) = meant
    return Message(
        title=f"Shall I write down that {_sentence(only, scene)}?",
        tone=Tone.ASK,
        blocks=(*_roles(only, scene), Note(text=SIGNED)),
        buttons=(_yes(only, "Yes, write it down"),),
    )


def compose_delegated(about: str, scene: SayScene) -> Message:
    """Return that somebody acts for somebody else, or that this has ended; to nobody but those it concerns."""
    wanted = standing_in.read_about(about.removesuffix(":end"))
    made = _made(wanted, scene) if wanted else ()
    if wanted is None or scene.person is None or not made:
        return in_words.gone()
    may_end = standing_in.may_end(made[0], scene.person.id, scene.uow, on=scene.today)
    if scene.person.id not in {wanted.acting, wanted.absent} and not may_end:
        return in_words.gone()
    sentence = _sentence(wanted, scene)
    if all(one.ends_on <= max(scene.today, one.starts_on) for one in made):
        return Message(title=f"Over: {sentence}.", blocks=(Paragraph(text="This has ended."),))
    by = name_of(made[0].set_by_id, scene.uow)
    return Message(
        title=f"Written down: {sentence}.",
        tone=Tone.YES,
        blocks=(
            Facts(rows=(_as(tuple((one.role, one.setting_id) for one in made), scene), _fact("Written down by", by))),
            *_what_it_means(wanted, scene),
            Note(text=SIGNED),
        ),
        buttons=_buttons(wanted, scene, may_end=may_end),
    )


def _what_it_means(wanted: StandIn, scene: SayScene) -> tuple[Paragraph, ...]:
    if scene.person and scene.person.id == wanted.acting:
        absent = name_of(wanted.absent, scene.uow)
        return (Paragraph(text=f"What I ask {absent} for in these days, I ask you for as well."),)
    return (Paragraph(text="In these days I ask both of them; whoever answers first has answered."),)


def _buttons(wanted: StandIn, scene: SayScene, *, may_end: bool) -> tuple[Button, ...]:
    about = standing_in.about_of(wanted)
    acts = scene.person is not None and scene.person.id == wanted.acting
    return (
        *((in_words.button("What waits for me", Action.WAITING, ""),) if acts else ()),
        *((in_words.button("End the delegation", Action.DELEGATE, f"{about}:end"),) if may_end else ()),
    )


def _made(wanted: StandIn, scene: SayScene) -> tuple[Delegation, ...]:
    """Return the rows of a delegation, the ones still open first; ended ones too."""
    key = (wanted.absent, wanted.acting, wanted.starts_on)
    found = [one for one in scene.uow.delegations.everything() if (one.from_id, one.to_id, one.starts_on) == key]
    still = [one for one in found if one.ends_on > max(scene.today, one.starts_on)]
    return tuple(still or found)


def _sentence(wanted: StandIn, scene: SayScene) -> str:
    reader = scene.person.id if scene.person else None
    absent = "you" if wanted.absent == reader else name_of(wanted.absent, scene.uow)
    acts = "you act" if wanted.acting == reader else f"{name_of(wanted.acting, scene.uow)} acts"
    return f"{acts} for {absent} {_days(wanted)}"


def _days(wanted: StandIn) -> str:
    first, last = day_in_words(wanted.starts_on), day_in_words(wanted.last_day)
    return f"on {first}" if first == last else f"from {first} to {last}"


def _pair(wanted: StandIn, scene: SayScene) -> str:
    return f"{name_of(wanted.acting, scene.uow)} for {name_of(wanted.absent, scene.uow)}"


def _yes(wanted: StandIn, label: str) -> Button:
    return in_words.button(label, Action.DELEGATE, standing_in.about_of(wanted), is_main=True)


def _roles(wanted: StandIn, scene: SayScene) -> tuple[Facts, ...]:
    by = scene.person.id if scene.person else wanted.absent
    roles = standing_in.roles_by(wanted, by, scene.uow, on=scene.today)
    return (Facts(rows=(_as(roles, scene),)),) if roles else ()


def _as(roles: tuple[tuple[Role, SettingId | None], ...], scene: SayScene) -> Fact:
    return _fact("As", ", ".join(dict.fromkeys(_role(role, place, scene) for role, place in roles)))


def _role(role: Role, place: SettingId | None, scene: SayScene) -> str:
    setting = scene.uow.settings.get(place) if place else None
    title = in_words.role_title(role, setting.type if setting else SettingType.ACADEMY, scene)
    return f"{title} ({setting.name})" if setting else title


def _fact(label: str, value: str) -> Fact:
    return Fact(label=label, value=value)
