"""One example of every message the product can send, one of them hostile."""

from __future__ import annotations

from handlers.message import (
    Alert,
    Button,
    ButtonStyle,
    ClauseQuote,
    Fact,
    Facts,
    Message,
    Note,
    Paragraph,
    Tone,
)
from policy_kb.words import Action

HOSTILE = "<!channel> *x* _y_ `z` <b>bold</b> [a](javascript:alert(1)) & <script>alert(1)</script> {{DATE(2026)}}"

ANSWER_NO = Message(
    title="No. Staff must not have contact with pupils' families through personal social media.",
    tone=Tone.NO,
    blocks=(
        ClauseQuote(
            number="5.4",
            heading="Pupils' families",
            words="Staff members must not be in touch with the family members of pupils through personal social media.",
            official=False,
        ),
        Facts(
            rows=(
                Fact(label="Unless", value="Your own family is different: see 5.3."),
                Fact(label="Who can settle a doubt", value="Headteacher/Principal"),
            )
        ),
        Note(text="5.4 makes no exception for family, 5.3 does. We read 5.3 as covering your own family."),
        Note(text="Our plain words for the policy adopted December 2022."),
    ),
    buttons=(
        Button(label="See 5.4", action=Action.SEE_CLAUSE, about="5.4", style=ButtonStyle.MAIN),
        Button(label="See 5.3(a)", action=Action.SEE_CLAUSE, about="5.3(a)"),
        Button(label="Share here", action=Action.SHARE, about="17"),
        Button(label="Helpful", action=Action.HELPFUL, about="17"),
        Button(label="Not right", action=Action.NOT_RIGHT, about="17"),
    ),
)

URGENT = Message(
    title="Tell the Designated Safeguarding Lead at once.",
    tone=Tone.URGENT,
    urgent=Alert(
        title="If a child may be at risk, act now.",
        lines=(
            "In danger now: call 999.",
            "Tell your Designated Safeguarding Lead now.",
            "Online grooming or sexual abuse: report to CEOP.",
            "I have not told anyone, and I have kept nothing of what you wrote.",
        ),
    ),
    blocks=(
        ClauseQuote(
            number="A.2.3", heading="Concerns about a child", words="Tell the right authorities at once.", official=True
        ),
    ),
    buttons=(Button(label="See A.2.3", action=Action.SEE_CLAUSE, about="A.2.3"),),
)

QUESTION_BACK = Message(
    title="I am not sure what you mean. Is that your own account, or the Academy's?",
    tone=Tone.ASK,
    blocks=(Paragraph(text="The closest clauses are 5.2 and A.4.11."),),
    buttons=(
        Button(label="My own account", action=Action.CHOOSE, about="17:personal", style=ButtonStyle.MAIN),
        Button(label="The Academy's account", action=Action.CHOOSE, about="17:official", style=ButtonStyle.MAIN),
    ),
)

REPLACED = Message(title="Thank you. I have noted that this helped.", tone=Tone.PLAIN, replaces=True)

HOSTILE_MESSAGE = Message(
    title=HOSTILE,
    tone=Tone.CARE,
    urgent=Alert(title=HOSTILE, lines=(HOSTILE,)),
    blocks=(
        Paragraph(text=HOSTILE),
        ClauseQuote(number="4.2(a)", heading=HOSTILE, words=HOSTILE, official=True),
        Facts(rows=(Fact(label="<b>", value=HOSTILE),)),
        Note(text=HOSTILE),
        Alert(title=HOSTILE, lines=(HOSTILE, HOSTILE)),
    ),
    buttons=(Button(label="<b>*x*</b> & go", action=Action.SEE_CLAUSE, about="4.2(a)"),),
)

LONG = Message(
    title="Yes, with care. " + "A long headline goes on. " * 8,
    tone=Tone.YES,
    blocks=tuple(
        ClauseQuote(number=f"A.5.{n}", heading="A long clause", words="Words of a long clause. " * 60, official=True)
        for n in range(1, 5)
    ),
)

GALLERY: dict[str, Message] = {
    "an answer that says no": ANSWER_NO,
    "an urgent answer": URGENT,
    "a question back": QUESTION_BACK,
    "a message that replaces its card": REPLACED,
    "a hostile message": HOSTILE_MESSAGE,
    "a long message": LONG,
}
