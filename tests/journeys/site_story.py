"""The form for Elm's PE page as Priya fills it in, and what everybody else does about it, whatever client they use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.journeys.site_people import Fills, Worker

ELM, TRUST = "elm-academy.example", "central-service.example"
EMAILS = {
    "Priya": f"priya.sample@{ELM}",
    "Aisha": f"aisha.sample@{ELM}",
    "Daniel": f"daniel.example@{ELM}",
    "Nadia": f"nadia.example@{ELM}",
    "Grace": f"grace.sample@{ELM}",
    "Martin": f"martin.example@{TRUST}",
    "Leila": f"leila.sample@{TRUST}",
}
CONTENT = "Fixtures, results, and photos of equipment."
BETTER_CONTENT = "Fixtures and results; photos of equipment, taken by PE staff."
WISH = "Say who takes the photos."
READY = "R-1, a new social media site: ready to send."
FINAL = "and its use of brand and logo?"
DECIDING = frozenset({"Approve", "Ask for changes", "Decline", "Record"})  # "Not me" stands on other cards too
SENT = "Sent: R-1, a new social media site."


@dataclass(frozen=True, slots=True)
class Turn:
    """What a question says, and how it is answered: in words, or by a button with what was filled in beside it."""

    asks: str
    says: str = ""
    presses: str = ""
    fills: Fills = field(default_factory=dict)


def typed(asks: str, says: str) -> Turn:
    return Turn(asks, says=says)


def tapped(asks: str, presses: str) -> Turn:
    return Turn(asks, presses=presses)


def filled(asks: str, label: str, value: str | tuple[str, ...]) -> Turn:
    return Turn(asks, presses="Save", fills={label: value})


TEAM = (
    tapped("Which department or team is it for?", "PE"),
    typed("Who is the author of the site?", "me"),
    tapped("Who is the author's line manager?", "Aisha Sample, Head of PE"),
)
PURPOSE = (
    typed("Why do you want this site", "To show families and pupils what our PE clubs do, and to celebrate the teams."),
    typed("What do you want the site to achieve?", "More children in clubs, and parents who know the fixtures."),
)
WHAT = typed("What will you put on the site?", CONTENT)
WHO_IT_IS_FOR = filled("Who is the site for?", "Proposed audience", ("Pupils of the Academy", "Pupils' family members"))
OLD_ENOUGH = typed("How old are the pupils", "13 to 16")
TOO_YOUNG = typed("How old are the pupils", "12 to 16")
CONTRIBUTORS = typed("Who will put things on the site", "staff")
TWO = ("Priya Sample, Teacher of PE", "Callum Sample, Teacher of PE")
MODERATION = (
    filled("Who will be the administrators?", "Names of administrators (at least 2)", TWO),
    typed("Who will be the moderators?", "Priya Sample and Ewa Example"),
    tapped("Who will host the site?", "Third party"),
)
HOST = typed("Which host is it?", "Instagram")
MENDED = (
    tapped("at least 13", "Change: Audience: age range of pupils"),
    OLD_ENOUGH,
    HOST,
)
DAYS = (
    filled("When would you like the site to go live?", "Proposed date of going live", "2027-01-14"),
    tapped("When will the site close?", "No end date yet"),
    typed("On which day will you look", "1 July 2027"),
    typed("Why has the site no end date?", "It runs as long as the clubs do."),
    tapped("Will any adult with learning disabilities", "No"),
    typed("How will you keep out people", "A private account; comments are held until a moderator has read them."),
)
STRAIGHT = (*TEAM, *PURPOSE, WHAT, WHO_IT_IS_FOR, OLD_ENOUGH, CONTRIBUTORS, *MODERATION, HOST, *DAYS)
THINKING: Fills = {
    "Level of interaction": ("Read and comment",),
    "Exit plan": "We tell the followers, save what matters and delete the account.",
    "When success will be judged": "2027-06-01",
    "Minimum age checked, and access by younger children considered": ("Yes",),
    "Anyone vulnerable, or receiving confidential services": ("No",),
    "Extra plan for stepping in, on a third party's host": "Whoever sees it hides it and tells the other two.",
    "A login of their own for each administrator and moderator": ("Yes",),
    "Use of the Academy's brand or logo": ("Yes",),
    "Home Office guidance of 2008 considered": ("Yes",),
}
LEFT_OVER = (
    tapped("How many hours a week", "Skip"),
    tapped("How will you tell whether", "Skip"),
    tapped("Where is the draft", "Skip"),
    typed("Where will the logo be?", "In the profile picture."),
)
# What follows the audience, where every answer is typed.
IN_WORDS = (
    OLD_ENOUGH,
    CONTRIBUTORS,
    typed("Who will be the administrators?", "Priya Sample and Callum Sample"),
    *MODERATION[1:],
    HOST,
    typed("When would you like the site to go live?", "14 January"),
    *DAYS[1:],
    typed("What may visitors do on the site?", "read and comment"),
    LEFT_OVER[0],
    typed("How will you close the site", "We tell the followers, save what matters and delete the account."),
    LEFT_OVER[1],
    typed("When will you look at that?", "1 June 2027"),
    LEFT_OVER[2],
    typed("Have you looked up the host's minimum age", "yes"),
    typed("Could anybody vulnerable", "no"),
    typed("If something goes wrong on the host's site", "Whoever sees it hides it and tells the other two."),
    typed("Can every administrator and moderator have a login", "yes"),
    typed("Will the site show the Academy's logo", "yes"),
    LEFT_OVER[3],
    typed("Have you looked at the Home Office guidance", "yes"),
)


async def asks_first(priya: Worker) -> None:
    """Ask whether there may be a site, and start the form from the answer."""
    await priya.says("Can I set up an Instagram page for PE?")
    await priya.reads("approval to create a site for work")
    await priya.presses("Ask for a new social media site")


async def answers(worker: Worker, *turns: Turn) -> None:
    """Answer one question after another, each when it is asked."""
    for turn in turns:
        await worker.reads(turn.asks)
        if turn.says:
            await worker.says(turn.says)
        else:
            await worker.presses(turn.presses, on=turn.asks, fills=turn.fills)


async def fills_in_the_rest(priya: Worker) -> None:
    """Fill in what the policy also asks to think about: as a whole, and what was left out one by one."""
    await priya.reads("What may visitors do on the site?")
    await priya.fills_in_section(THINKING)
    await answers(priya, *LEFT_OVER)


async def sends(priya: Worker, label: str = "Send it") -> None:
    await priya.reads("ready to send")
    await priya.presses(label, on="ready to send")
    await priya.is_told(SENT)


async def asks_for_a_change(aisha: Worker) -> None:
    """Read the card, and ask for one answer to be changed."""
    await aisha.is_told("Do you approve the aims and the content")
    await aisha.presses("Ask for changes")
    which: Fills = {
        "Which answers? Leave it empty for any of them": ("What is the proposed content?",),
        "What to change": WISH,
    }
    await aisha.is_told("what should be changed?")
    await aisha.presses("Ask for these changes", fills=which)
    await aisha.is_told("Changes asked for by Aisha Sample")


async def changes_only_that(priya: Worker) -> None:
    """Change the one answer, and send the form again."""
    await priya.reads(WISH)
    await priya.presses("Change: What is the proposed content?")
    await answers(priya, typed("What will you put on the site?", BETTER_CONTENT))
    await sends(priya, "Send the changes")


async def approves(worker: Worker, asks: str, *, comment: str = "") -> None:
    """Read a card and approve."""
    await worker.is_told(asks)
    await worker.presses("Approve", on=asks, fills={"Comment": comment} if comment else None)
    await worker.is_told("Approved by")


async def records_the_consultation(daniel: Worker) -> None:
    fills = {"On which day was it discussed?": "2026-11-24", "Who took part?": "Nadia, Grace and I."}
    await daniel.is_told("Has the team talked about")
    await daniel.presses("Record", on="Has the team talked", fills=fills)
    await daniel.is_told("Recorded by Daniel Example")


async def records_the_advice(martin: Worker) -> None:
    await martin.is_told("Does it need a data protection impact assessment?")
    fills = {"Is a data protection impact assessment needed?": ("To be decided later",)}
    await martin.presses("Record", fills=fills)
    await martin.is_told("Recorded by Martin Example")


async def everybody_else_says_yes(office: Mapping[str, Worker]) -> None:
    """Consult, advise and approve, the headteacher last, who is not asked before."""
    grace = office["Grace"]
    await records_the_consultation(office["Daniel"])
    await records_the_advice(office["Martin"])
    await approves(office["Leila"], "keep to the data protection policies?")
    await grace.is_told("approve the use of the brand and logo")
    assert not any(FINAL in seen.text for seen in await grace.screen()), "the headteacher is asked too early"
    await approves(office["Nadia"], "approve the use of the brand and logo")
    await approves(grace, FINAL, comment="Lovely idea.")


async def all_locked(office: Mapping[str, Worker]) -> None:
    """Wait until nobody has anything left to press on a card that asks them to decide."""
    for person in office.values():
        await person.sees_none(DECIDING)
