"""Examples of the messages about the life of a site; tests.gallery shows them with all the others."""

from __future__ import annotations

from handlers.message import (
    Button,
    ButtonStyle,
    ClauseQuote,
    Fact,
    Facts,
    Field,
    InputKind,
    Message,
    Note,
    Option,
    Paragraph,
    Tone,
)
from policy_kb.bot_words import Action

THE_SITE = Button(label="The site", action=Action.SITE, about="7")
LINES = ("House rules", "Logo", "Privacy", "Own logins", "Administrators", "Still needed")

SITES = {
    "the card of a site": Message(
        title="Netball Instagram is live, and something is due.",
        tone=Tone.CARE,
        blocks=(
            Paragraph(text="Due: its half-termly check (6.2) and judging it by its aims (A.1.7)."),
            Facts(
                rows=(
                    Fact(label="Cover", value="next 7 days: covered; 13 weeks: 3 of 40 slots have nobody"),
                    Fact(label="Looked after by", value="2 administrators and 4 moderators (1 asked, no answer yet)"),
                    Fact(label="Next check", value="due now"),
                    Fact(label="Closes", value="21 July 2027"),
                    Fact(label="Author", value="Aisha Sample"),
                    Fact(label="For", value="Elm Academy (sample)"),
                    Fact(label="Where", value="Instagram, https://www.instagram.example/elm.netball"),
                    Fact(label="Went live", value="2 November 2026"),
                )
            ),
        ),
        buttons=(
            Button(label="Half-termly check", action=Action.SITE_CHECKS, about="7:health", style=ButtonStyle.MAIN),
            Button(label="Judge it by its aims", action=Action.EVALUATE_SITE, about="7", style=ButtonStyle.MAIN),
            Button(label="It is still needed", action=Action.STILL_NEEDED, about="7", style=ButtonStyle.MAIN),
            Button(label="Log something", action=Action.LOG, about="7"),
            Button(label="Extreme: what to do", action=Action.EXTREME, about="7"),
            Button(label="Who looks after it", action=Action.NAME_PEOPLE, about="7"),
            Button(label="What is not covered", action=Action.GAPS, about="7"),
            Button(label="More", action=Action.SITE, about="7:more"),
        ),
    ),
    "what is seldom done with a site": Message(
        title="Netball Instagram: what else you can do.",
        buttons=(
            Button(label="Plan for stepping in", action=Action.PLAN, about="7"),
            Button(label="Change the rota", action=Action.ROTA_SHAPE, about="7"),
            Button(label="Change its address", action=Action.SITE_ADDRESS, about="7"),
            Button(label="Let it go on longer", action=Action.EXTEND_SITE, about="7"),
            Button(label="Close it", action=Action.CLOSE_SITE, about="7"),
            Button(label="Suspend it", action=Action.SUSPEND_SITE, about="7"),
        ),
    ),
    "my sites": Message(
        title="You look after, or answer for, 10 sites.",
        blocks=(
            Facts(
                rows=(
                    Fact(
                        label="Netball Instagram",
                        value="live; 1 of 2 moderators; next 4 weeks: 3 of 20 slots have nobody",
                    ),
                    Fact(label="Year 6 leavers' page", value="closing; closes on 29 November 2026"),
                    Fact(label="Library blog", value="in use, with no approval on paper"),
                )
            ),
            Note(text="And 7 more: say “site” and its name."),
        ),
        buttons=tuple(
            Button(label=name, action=Action.SITE, about=str(number))
            for number, name in ((7, "Netball Instagram"), (8, "Year 6 leavers' page"), (9, "Library blog"))
        ),
    ),
    "a question of a half-termly check": Message(
        title="Are the house rules of Netball Instagram still where everybody sees them? (A.4.1)",
        tone=Tone.ASK,
        blocks=(
            Paragraph(text="Netball Instagram, half-termly check: 1 of 6."),
            Facts(rows=tuple(Fact(label=label, value="Open") for label in LINES[1:])),
        ),
        buttons=(
            Button(label="Yes", action=Action.CHECK_SITE, about="7:health:house_rules:yes", style=ButtonStyle.MAIN),
            Button(label="No", action=Action.CHECK_SITE, about="7:health:house_rules:no"),
            THE_SITE,
        ),
    ),
    "a check that found something": Message(
        title="Netball Instagram is checked: one line is to put right.",
        tone=Tone.CARE,
        blocks=(
            Facts(
                rows=tuple(
                    Fact(label=label, value="No. Set them right today." if label == "Privacy" else "Yes")
                    for label in LINES
                )
            ),
            Note(text="I have told Grace Sample of this, so that somebody helps: Privacy."),
        ),
        buttons=(Button(label="Again: Privacy", action=Action.SITE_CHECKS, about="7:health:privacy"), THE_SITE),
    ),
    "a site that is ready to go live": Message(
        title="PE Instagram: everything is done. Now say when it is live.",
        tone=Tone.YES,
        blocks=(Facts(rows=(Fact(label="Address", value="Yes"), Fact(label="Four weeks of cover", value="Yes"))),),
        buttons=(
            Button(label="It is live", action=Action.IS_LIVE, about="12", style=ButtonStyle.MAIN),
            THE_SITE,
        ),
    ),
    "a site judged by its aims": Message(
        title="How far has Netball Instagram reached its aims?",
        tone=Tone.ASK,
        blocks=(
            Facts(
                rows=(
                    Fact(label="Its aims were", value="More families come to matches, and know when they are."),
                    Fact(label="To be judged by", value="We count families at home matches."),
                )
            ),
            ClauseQuote(
                number="A.1.7",
                heading="Judging success",
                words="How its success is to be evaluated must be considered.",
                official=False,
            ),
        ),
        fields=(
            Field(
                name="reached",
                label="Reached",
                kind=InputKind.ONE,
                options=(
                    Option(value="fully", label="Fully"),
                    Option(value="partly", label="In part"),
                    Option(value="not", label="Not"),
                ),
                needed=True,
            ),
            Field(name="words", label="How do you know?", kind=InputKind.LONG, hint="A sentence or two.", needed=True),
        ),
        buttons=(
            Button(label="Keep this", action=Action.EVALUATE_SITE, about="7", style=ButtonStyle.MAIN),
            THE_SITE,
        ),
    ),
    "until when a site goes on": Message(
        title="Until when shall Netball Instagram go on?",
        tone=Tone.ASK,
        blocks=(Paragraph(text="It closes on 21 July 2027. It can go on for three years at most."),),
        fields=(Field(name="until", label="Until", kind=InputKind.DATE, needed=True),),
        buttons=(
            Button(label="Let it go on", action=Action.EXTEND_SITE, about="7", style=ButtonStyle.MAIN),
            Button(label="Leave it as it is", action=Action.SITE, about="7:kept"),
        ),
    ),
    "where people find a site": Message(
        title="Where do people find Netball Instagram?",
        tone=Tone.ASK,
        fields=(
            Field(
                name="address",
                label="Its address",
                kind=InputKind.LINE,
                filled=("https://www.instagram.example/elm.netball",),
                hint="It begins with https://, as the browser shows it.",
                needed=True,
            ),
        ),
        buttons=(Button(label="Keep this", action=Action.SITE_ADDRESS, about="7", style=ButtonStyle.MAIN), THE_SITE),
    ),
    "a site suspended": Message(
        title="Netball Instagram is suspended. Please switch it off, or hide it, now.",
        tone=Tone.CARE,
        blocks=(Paragraph(text="Nobody uses it, and nobody posts there, until the head says otherwise."),),
        buttons=(THE_SITE,),
    ),
}
