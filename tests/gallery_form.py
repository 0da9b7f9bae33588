"""Examples of the messages that have something to fill in; tests.gallery shows them with all the others."""

from __future__ import annotations

from handlers.message import (
    Attachment,
    Button,
    ButtonStyle,
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

SCHOOLS = tuple(Option(value=f"{tree.lower()}-academy", label=f"{tree} Academy") for tree in ("Elm", "Oak", "Ash"))
AUDIENCE = tuple(
    Option(value=value, label=label)
    for value, label in (
        ("pupils", "Our own pupils"),
        ("staff", "Our staff"),
        ("families", "Families of our pupils"),
        ("other_pupils", "Pupils of other schools"),
        ("organisations", "Other organisations"),
        ("public", "Everybody"),
        ("others", "Somebody else"),
    )
)
STAFF = tuple(Option(value=f"person-{number}-sample", label=f"Person {number} Sample") for number in range(1, 61))

ON = Button(label="Save and go on", action=Action.ANSWER, about="12:audience", style=ButtonStyle.MAIN)

TICKS = Message(
    title="Who is the site for?",
    blocks=(Paragraph(text="Question 7 of 30. Tick all that apply."),),
    fields=(
        Field(
            name="audience",
            label="Audience",
            kind=InputKind.MANY,
            options=AUDIENCE,
            filled=("pupils", "families"),
            hint="Take everybody who can read it.",
            needed=True,
        ),
    ),
    buttons=(
        ON,
        Button(label="Why do you ask?", action=Action.WHY, about="12:audience"),
        Button(label="Back", action=Action.BACK, about="12"),
        Button(label="Stop for now", action=Action.PAUSE, about="12"),
    ),
)

DATE = Message(
    title="When should the site go live?",
    fields=(Field(name="go_live", label="First day", kind=InputKind.DATE, filled=("2027-01-11",), needed=True),),
    buttons=(Button(label="Save and go on", action=Action.ANSWER, about="12:go_live", style=ButtonStyle.MAIN),),
)

PEOPLE = Message(
    title="Who will run the site?",
    fields=(
        Field(
            name="administrators",
            label="Administrators",
            kind=InputKind.MANY,
            options=STAFF,
            filled=("person-7-sample", "person-60-sample"),
            hint="At least two members of staff.",
        ),
        Field(name="line_manager", label="Line manager", kind=InputKind.ONE, options=STAFF),
    ),
    buttons=(Button(label="Save and go on", action=Action.ANSWER, about="12:administrators", style=ButtonStyle.MAIN),),
)

DECIDE = Message(
    title="Priya Sample asks you to decide on a new site: Year 9 history.",
    tone=Tone.ASK,
    blocks=(
        Facts(rows=(Fact(label="For", value="Elm Academy"), Fact(label="Goes live", value="Monday 11 January 2027"))),
        Note(text="R-12, version 2."),
    ),
    fields=(
        Field(
            name="comment",
            label="Your comment",
            kind=InputKind.LONG,
            hint="Priya Sample reads it. Needed where you decline or ask for changes.",
        ),
    ),
    buttons=(
        Button(label="Approve", action=Action.APPROVE, about="12:head:2", style=ButtonStyle.MAIN),
        Button(label="Ask for changes", action=Action.ASK_CHANGES, about="12:head:2"),
        Button(label="Decline", action=Action.DECLINE, about="12:head:2"),
        Button(label="Not me", action=Action.NOT_ME, about="12:head:2"),
        Button(label="Whole form", action=Action.WHOLE_FORM, about="12:head:2"),
    ),
    card="12:head",
)

DECIDED = Message(
    title="Jo Sample approved this on Tuesday 24 November 2026.",
    tone=Tone.YES,
    buttons=(Button(label="Whole form", action=Action.WHOLE_FORM, about="12:head:2"),),
    replaces=True,
    card="12:head",
)

SECTION = Message(
    title="Who reads it, and who writes in it",
    fields=(
        Field(name="purpose", label="Purpose", kind=InputKind.LINE, filled=("Revision help",), needed=True),
        Field(name="aims", label="Aims", kind=InputKind.LONG, filled=("Help before mocks",), hint="One or two lines."),
        Field(name="audience", label="Audience", kind=InputKind.MANY, options=AUDIENCE, needed=True),
        Field(name="audience_schools", label="Which schools", kind=InputKind.MANY, options=SCHOOLS),
        Field(name="moderators", label="Moderators", kind=InputKind.MANY, options=STAFF),
        Field(
            name="host",
            label="Where it will be",
            kind=InputKind.ONE,
            options=(
                Option(value="academy", label="On the Academy's own site"),
                Option(value="third_party", label="On another site"),
            ),
            filled=("academy",),
        ),
        Field(name="line_manager", label="Line manager", kind=InputKind.ONE, options=STAFF),
        Field(name="go_live", label="First day", kind=InputKind.DATE),
    ),
    buttons=(Button(label="Save the section", action=Action.SAVE_SECTION, about="12:purpose", style=ButtonStyle.MAIN),),
    dialog=True,
)


PAPER = Message(
    title="R-12 as a PDF",
    blocks=(
        Paragraph(text="It is the form in its printed order, with who signed what. Give it only to those who need it."),
        Note(text="Verification code 4F2A-91C0-77BE-12D4. Whoever runs Ask First can check it."),
    ),
    buttons=(Button(label="Where it stands", action=Action.STATUS, about="12"),),
    attachment=Attachment(
        name="R-12.pdf",
        content=b"%PDF-1.7 " + bytes(range(256)),
        otherwise="Whoever runs Ask First can make the same file for you, with: askfirst request pdf 12 R-12.pdf",
    ),
)


def hostile_form(words: str) -> Message:
    """Return a message whose labels, options and filled-in words are all taken from `words`."""
    options = tuple(Option(value=f"{number}:{words}"[:75], label=words[number : number + 75]) for number in range(3))
    return Message(
        title=words,
        fields=(
            Field(name="line", label=words, kind=InputKind.LINE, filled=(words,), hint=words),
            Field(name="long", label=words, kind=InputKind.LONG, filled=(words,)),
            Field(name="one", label=words, kind=InputKind.ONE, options=options, filled=(options[1].value,)),
            Field(name="many", label=words, kind=InputKind.MANY, options=options, filled=(options[2].value,)),
        ),
        buttons=(Button(label="<b>*x*</b> & save", action=Action.SAVE_SECTION, about="12:purpose"),),
    )


FORM: dict[str, Message] = {
    "a question with ticks": TICKS,
    "a question with a date": DATE,
    "a question with people": PEOPLE,
    "a card to decide on": DECIDE,
    "a card that was decided": DECIDED,
    "a section at once": SECTION,
    "a file": PAPER,
}
