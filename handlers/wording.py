"""The sentences of an answer: verdict line, conditions, who decides, notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.message import Alert, Block, ClauseQuote, Fact, Facts, Note, Paragraph, Tone
from policy_kb.toml_entries import parse_ref
from policy_kb.words import Role, SettingType, Tier, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from policy_kb.clause import Clause, ClauseRef
    from policy_kb.decide import Answer
    from policy_kb.view import PolicyView

VERDICT_WORDS = {
    Verdict.YES: "Yes.",
    Verdict.ADVISED: "Advised.",
    Verdict.APPROVAL: "Only with approval.",
    Verdict.REQUIRED: "Required.",
    Verdict.NO: "No.",
    Verdict.ASK_FIRST: "Ask first.",
    Verdict.INFO: "",
    Verdict.SILENT: "The policy does not say.",
    Verdict.URGENT: "Act now.",
    Verdict.UNSURE: "I am not sure which rule you mean.",
}
# What is said before a reviewed answer that the question itself turns into a no, or into a doubt.
INSTEAD = {
    Verdict.APPROVAL: "Not like that.",
    Verdict.REQUIRED: "Not like that.",
    Verdict.YES: "What you describe may go further than the policy allows.",
}
TONES = {
    Verdict.YES: Tone.YES,
    Verdict.ADVISED: Tone.CARE,
    Verdict.APPROVAL: Tone.ASK,
    Verdict.REQUIRED: Tone.CARE,
    Verdict.NO: Tone.NO,
    Verdict.ASK_FIRST: Tone.ASK,
    Verdict.INFO: Tone.PLAIN,
    Verdict.SILENT: Tone.PLAIN,
    Verdict.URGENT: Tone.URGENT,
    Verdict.UNSURE: Tone.PLAIN,
}
QUOTED = 2  # clauses whose words an answer shows; the others are a button away
CALLED_FIRST = ("emergency", "dsl", "police", "ceop")
# Where a clause names nobody, uncertainty goes to the Headteacher/Principal (4.9).
SETTLES_DOUBT = (Role.HEAD,)


def _nobody(_: Role) -> tuple[str, ...]:
    """Name nobody: what somebody unknown is told."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What an answer needs to know of the person who reads it."""

    setting: SettingType | None = None  # None: the bot does not know the person
    name: str = ""
    dsl: str = ""  # the setting's own safeguarding lead, as the escalation block prints it
    named: Callable[[Role], tuple[str, ...]] = _nobody  # who holds a role where this person works


def headline(answer: Answer, view: PolicyView) -> str:
    """Return the verdict word and the sentence that gives it its sense."""
    word = VERDICT_WORDS[answer.verdict]
    if answer.tier is Tier.SILENT:
        return word
    if answer.tier is Tier.NOT_SURE:
        return f"{word} {answer.asks}".strip()
    opens = view.items[answer.clauses[0]].opens if answer.verdict is Verdict.ADVISED else ""
    instead = INSTEAD.get(answer.reviewed, "") if answer.reviewed else ""
    return " ".join(part for part in (opens or word, instead, _says(answer, view)[0]) if part)


def body(answer: Answer, view: PolicyView, reader: Reader) -> tuple[Block, ...]:
    """Return what stands under the verdict line: clauses, conditions, who decides, the policy's defects."""
    if answer.tier is Tier.SILENT:
        return (*_background(answer, view), _facts([_asked(SETTLES_DOUBT, "Whom to ask", view, reader)]))
    quotes = tuple(quote(view, ref) for ref in answer.clauses[:QUOTED])
    if answer.tier is Tier.NOT_SURE:
        closest = Paragraph(text="These are the closest clauses. Ask again in other words, or ask a person.")
        return (closest, *quotes, _facts([_asked(SETTLES_DOUBT, "Whom to ask", view, reader)]))
    notes = defect_notes(answer.clauses[0], view, reader)[:1]
    return (*quotes, *_conditions_and_people(answer, view, reader), *notes)


def number(ref: ClauseRef) -> str:
    """Return a reference as staff find it on paper: ``5.3(a)``, ``Appendix 2``, ``Checklist 2``."""
    if ref.id.startswith("form"):
        return "Appendix 2"
    return str(ref).capitalize() if ref.id in {"checklist", "front"} else str(ref)


def with_clause(says: str, clause: str) -> str:
    """Return a sentence and the clause behind it, as staff find it on paper: ``… (A.5.4)``."""
    return f"{says} ({number(parse_ref(clause))})"


def quote(view: PolicyView, ref: ClauseRef) -> ClauseQuote:
    """Return a clause as it is quoted: its number, our heading, the words in use."""
    clause = view.items[ref]
    return ClauseQuote(number=number(ref), heading=clause.heading, words=clause.words, official=clause.official)


def escalation(view: PolicyView, reader: Reader) -> Alert:
    """Return the block that comes before everything when someone may be at risk (A.2.3, A.5.6)."""
    lines = {contact.key: contact.line for contact in view.contacts}
    if reader.dsl:
        lines["dsl"] = reader.dsl
    return Alert(
        title="If a child or an adult may be at risk, act now.",
        lines=(
            *(lines[key] for key in CALLED_FIRST),
            "Do not copy or forward what you saw, and do not ask a child for details.",
            "I have told nobody, and I keep nothing of what you wrote: only you can pass this on.",
        ),
    )


def edition_notes(view: PolicyView, *, today: date) -> tuple[Note, ...]:
    """Return the small print of every answer: whose words are quoted, and whether the review is overdue."""
    label = Note(text=f"{view.facts.label} Policy adopted {view.facts.adopted}; review due {view.facts.review}.")
    if today <= view.facts.review_last_day:
        return (label,)
    return (label, Note(text=f"The policy's review was due in {view.facts.review}; this edition still stands."))


def defect_notes(ref: ClauseRef, view: PolicyView, reader: Reader) -> tuple[Note, ...]:
    """Return what a reader should know of the weaknesses of a clause's text, the weightiest first."""
    defects = (view.defects[one] for one in view.items[ref].defects if one in view.defects)
    in_nursery = reader.setting is SettingType.NURSERY
    return tuple(Note(text=one.note) for one in defects if one.note and (in_nursery or not one.nursery_only))


def names(roles: Iterable[Role], view: PolicyView, reader: Reader, *, joined: str = ", ") -> str:
    """Return the titles of roles; nursery staff see the nursery's title beside the printed one (2.2)."""
    return joined.join(_title(role, view, reader) for role in roles)


def decided_by(clause: Clause, view: PolicyView, reader: Reader) -> Fact:
    """Return who decides: one of several, or all of them together."""
    joined = " and " if clause.together else " or "
    return Fact(label="Who decides", value=names(clause.decides, view, reader, joined=joined))


def who(answer: Answer, view: PolicyView) -> tuple[Role, ...]:
    """Return the roles an answer sends people to: who decides, else who is asked or told."""
    if answer.tier is not Tier.SURE:
        return SETTLES_DOUBT
    clause = view.items[answer.clauses[0]]
    decides = () if answer.verdict is Verdict.NO else clause.decides
    return decides or clause.told or SETTLES_DOUBT


def _says(answer: Answer, view: PolicyView) -> tuple[str, str]:
    """Return the answering sentence and its conditions, from the case or else from the clause."""
    ref = answer.clauses[0]
    case = view.named_case(ref, answer.case) if answer.case else None
    source = case or view.items[ref]
    return source.answer, source.unless


def _conditions_and_people(answer: Answer, view: PolicyView, reader: Reader) -> tuple[Block, ...]:
    clause = view.items[answer.clauses[0]]
    unless = _says(answer, view)[1]
    rows = [Fact(label="Exceptions and conditions", value=unless)] if unless else []
    if answer.verdict in {Verdict.NO, Verdict.ASK_FIRST}:
        # Under a prohibition nobody is shown as able to approve, only whom to ask.
        rows.append(_asked(clause.told or SETTLES_DOUBT, "Who can settle a doubt", view, reader))
    else:
        if clause.decides:
            rows.append(decided_by(clause, view, reader))
        if clause.told:
            rows.append(_asked(clause.told, "Whom to ask or tell", view, reader))
    return (_facts(rows),) if rows else ()


def _asked(roles: tuple[Role, ...], label: str, view: PolicyView, reader: Reader) -> Fact:
    return Fact(label=label, value=names(roles, view, reader))


def _title(role: Role, view: PolicyView, reader: Reader) -> str:
    title = view.roles[role]
    nursery = reader.setting is SettingType.NURSERY and title.nursery
    called = f"{title.title} (in a nursery: the {title.nursery}, 2.2)" if nursery else title.title
    people = " or ".join(reader.named(role))
    return f"{people}, {called}" if people else called


def _background(answer: Answer, view: PolicyView) -> tuple[Block, ...]:
    if not answer.clauses:
        return ()
    nearest = " and ".join(f"{number(ref)} ({view.items[ref].heading})" for ref in answer.clauses)
    return (Paragraph(text=f"The nearest I can find is {nearest}, and that does not answer this."),)


def _facts(rows: list[Fact]) -> Facts:
    return Facts(rows=tuple(rows))
