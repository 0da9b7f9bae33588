"""Examples of the messages about cover; tests.gallery shows them with all the others."""

from __future__ import annotations

from handlers.message import Button, ButtonStyle, Fact, Facts, Field, InputKind, Message, Note, Option, Paragraph, Tone
from policy_kb.bot_words import Action

MY_SLOTS = Button(label="My slots", action=Action.MY_SLOTS, about="")
SLOTS = tuple(
    Option(value=str(number), label=f"PE Instagram, {when}")
    for number, when in ((123, "Friday 4 December"), (131, "Thursday 10 December"), (140, "week of Monday 14 December"))
)
GAPS = (
    Option(value="2026-12-21:2027-01-02", label="Monday 21 December to Friday 1 January 2027: 10 days"),
    Option(value="2027-02-15:2027-02-20", label="Monday 15 February 2027 to Friday 19 February 2027: 5 days"),
)
PEOPLE = (
    Option(value="ruth-sample", label="Ruth Sample"),
    Option(value="callum-sample", label="Callum Sample (away)"),
    Option(value="ewa-example", label="Ewa Example (does not work Fridays)"),
)

COVER = {
    "a calendar address": Message(
        title="Your calendar address for your own slots:",
        blocks=(
            Paragraph(text="https://ask.example/calendar/An_example-of_32_characters-0123.ics"),
            Paragraph(text="Copy it into your calendar program."),
            Note(text="I show it this once and keep no copy. Whoever has it can read this calendar."),
        ),
        buttons=(MY_SLOTS, Button(label="Calendar of PE Instagram", action=Action.CALENDAR, about="7")),
    ),
    "the nudge of a slot": Message(
        title="You are on for PE Instagram on Friday 4 December.",
        tone=Tone.ASK,
        blocks=(
            Paragraph(text="Press “I've got it” so that I need not ask anybody else (A.5.3)."),
            Note(text="Your reserve is Callum Sample."),
        ),
        buttons=(
            Button(label="I've got it", action=Action.GOT_IT, about="123", style=ButtonStyle.MAIN),
            Button(label="I can't", action=Action.CANNOT, about="123"),
            Button(label="Plan for stepping in", action=Action.PLAN, about="7"),
            Button(label="Log something", action=Action.LOG, about="7"),
        ),
        card="slot:123",
    ),
    "an offer of a slot": Message(
        title="Can you take PE Instagram on Friday 4 December?",
        tone=Tone.ASK,
        blocks=(
            Facts(rows=(Fact(label="Asked by", value="Tom Example"),)),
            Note(text="I asked everybody who is free. Whoever takes it first has it."),
        ),
        buttons=(
            Button(label="I'll take it", action=Action.TAKE_SLOT, about="123", style=ButtonStyle.MAIN),
            Button(label="I'm not free", action=Action.NOT_FREE, about="12"),
            MY_SLOTS,
        ),
        card="offer:12",
    ),
    "an offer that somebody took": Message(
        title="Taken by Ruth Sample: PE Instagram, Friday 4 December.",
        buttons=(MY_SLOTS,),
        card="offer:12",
        replaces=True,
    ),
    "an offer of which some could not be told": Message(
        title="I have asked 2 people for PE Instagram, Friday 4 December. Nobody has taken it yet.",
        tone=Tone.ASK,
        blocks=(
            Facts(rows=(Fact(label="Asked", value="Callum Sample, Ruth Sample"),)),
            Paragraph(text="I could not reach Ewa Example, so please ask them yourself."),
            Paragraph(text="Until somebody takes it, it stays with you (A.5.4)."),
        ),
        buttons=(Button(label="Ask nobody any more", action=Action.TAKE_BACK_OFFER, about="12"), MY_SLOTS),
        card="offer:12",
    ),
    "a slot that begins while others are asked": Message(
        title="Nobody has taken it yet, so it is still yours: PE Instagram, Friday 4 December.",
        tone=Tone.CARE,
        blocks=(Paragraph(text="I am asking whoever is free. Until somebody takes it, you look after it (A.5.4)."),),
        buttons=(Button(label="Ask nobody else", action=Action.TAKE_BACK_OFFER, about="12"), MY_SLOTS),
    ),
    "whether cover is to be found": Message(
        title="Shall I find cover for PE Instagram, week of Monday 30 November?",
        tone=Tone.ASK,
        blocks=(
            Paragraph(
                text="Your slot is the whole week, and somebody else would have all of it. I have asked nobody yet."
            ),
        ),
        buttons=(
            Button(label="Find cover", action=Action.FIND_COVER, about="123", style=ButtonStyle.MAIN),
            Button(label="Swap", action=Action.SWAP, about="123"),
            MY_SLOTS,
        ),
    ),
    "days away taken back": Message(
        title="Taken back: you are there from Monday 14 December to Friday 18 December.",
        tone=Tone.YES,
        blocks=(
            Facts(rows=(Fact(label="Your slots then", value="PE Instagram, week of Monday 14 December"),)),
            Paragraph(text="A slot that somebody took in the meantime stays with them."),
        ),
        buttons=(MY_SLOTS,),
    ),
    "a swap asked for": Message(
        title="Tom Example asks whether you swap slots of PE Instagram.",
        tone=Tone.ASK,
        blocks=(
            Facts(
                rows=(
                    Fact(label="You would take", value="Friday 4 December"),
                    Fact(label="You would give", value="Thursday 10 December"),
                )
            ),
        ),
        buttons=(
            Button(label="Yes, swap", action=Action.AGREE_SWAP, about="13", style=ButtonStyle.MAIN),
            Button(label="No, I keep mine", action=Action.REFUSE_SWAP, about="13"),
            MY_SLOTS,
        ),
        card="offer:13",
    ),
    "days away asked back": Message(
        title="Are you away from Monday 14 December to Friday 18 December?",
        tone=Tone.ASK,
        blocks=(
            Facts(rows=(Fact(label="Your slots then", value="PE Instagram, week of Monday 14 December"),)),
            Note(text="I keep the days and no reason. Whole days only: for a single slot, say “find me cover”."),
        ),
        buttons=(
            Button(label="Yes, I am away", action=Action.OFF, about="2026-12-14:2026-12-19", style=ButtonStyle.MAIN),
            Button(label="No", action=Action.MY_SLOTS, about=""),
        ),
    ),
    "my slots": Message(
        title="You are on next: PE Instagram, Friday 4 December.",
        blocks=(
            Facts(
                rows=(
                    Fact(
                        label="PE Instagram",
                        value="Friday 4 December (I am asking others); Thursday 10 December; week of 14 December",
                    ),
                )
            ),
        ),
        fields=(Field(name="slot", label="Which slot", kind=InputKind.ONE, options=SLOTS, filled=("123",)),),
        buttons=(
            Button(label="Find cover", action=Action.FIND_COVER, about=""),
            Button(label="Swap", action=Action.SWAP, about=""),
            Button(label="Who is on", action=Action.ON_DUTY, about=""),
            Button(label="Calendar link", action=Action.CALENDAR, about=""),
        ),
    ),
    "who is on duty": Message(
        title="On duty Monday 30 November to Sunday 6 December: 1 of 2 sites is not fully covered.",
        tone=Tone.CARE,
        blocks=(
            Facts(
                rows=(
                    Fact(label="PE Instagram", value="Mon to Wed Tom Example, Thu to Fri NOBODY"),
                    Fact(label="School Facebook page", value="You"),
                )
            ),
        ),
        buttons=(
            Button(label="The week before", action=Action.ON_DUTY, about="2026-11-23"),
            Button(label="The week after", action=Action.ON_DUTY, about="2026-12-07"),
            MY_SLOTS,
            Button(label="What is not covered", action=Action.GAPS, about=""),
        ),
    ),
    "gaps of a site": Message(
        title="PE Instagram: 15 of 65 slots in the next 13 weeks are not covered.",
        tone=Tone.CARE,
        blocks=(
            Facts(
                rows=(
                    *(Fact(label=f"Gap {count}", value=one.label) for count, one in enumerate(GAPS, 1)),
                    Fact(
                        label="Comments are off",
                        value="Monday 25 January 2027. Decided by Grace Sample on 29 November 2026",
                    ),
                )
            ),
        ),
        fields=(Field(name="gap", label="Which gap", kind=InputKind.ONE, options=GAPS, filled=(GAPS[0].value,)),),
        buttons=(
            Button(label="Give it to somebody", action=Action.ASSIGN, about="7", style=ButtonStyle.MAIN),
            Button(label="Comments are off", action=Action.SETTLE_GAP, about="7:comments_off"),
            Button(label="Pause the site", action=Action.SETTLE_GAP, about="7:paused"),
            Button(label="Take back: 25 Jan", action=Action.REOPEN_GAP, about="3"),
            Button(label="Change the rota", action=Action.ROTA_SHAPE, about="7"),
        ),
    ),
    "whom to give a slot": Message(
        title="Who takes PE Instagram, Friday 4 December?",
        tone=Tone.ASK,
        blocks=(Paragraph(text="Whoever you choose is told. Tom Example has it now, and is told."),),
        fields=(Field(name="who", label="Who", kind=InputKind.ONE, options=PEOPLE, needed=True),),
        buttons=(
            Button(label="Give it to them", action=Action.ASSIGN, about="123", style=ButtonStyle.MAIN),
            Button(label="Who is on", action=Action.ON_DUTY, about=""),
        ),
    ),
    "a slot that was given away": Message(
        title="You are not on any more: Ruth Sample has PE Instagram, Friday 4 December.",
        blocks=(Paragraph(text="Denise Sample decided that, and can tell you why."),),
        buttons=(MY_SLOTS,),
    ),
}
