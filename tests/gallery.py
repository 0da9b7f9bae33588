"""One example of every message the product can send, one of them hostile."""

from __future__ import annotations

from datetime import date

from handlers.desk import Reading
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
from handlers.notices import (
    Scene,
    compose_answer,
    compose_clauses,
    compose_feedback_taken,
    compose_findings,
    compose_gone,
    compose_help,
    compose_not_english,
    compose_nothing_asked,
    compose_shared,
    compose_small_talk,
    compose_welcome,
)
from handlers.wording import Reader
from policy_kb.answer import Answerer
from policy_kb.bot_words import Action
from policy_kb.models import shipped_models
from policy_kb.view import load_view
from policy_kb.words import SettingType
from tests.gallery_cover import COVER
from tests.gallery_form import FORM, hostile_form
from tests.gallery_people import PEOPLE
from tests.gallery_register import REGISTER
from tests.gallery_sites import SITES

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

VIEW = load_view()
SCENE = Scene(view=VIEW, reader=Reader(setting=SettingType.NURSERY, name="Ade Example"), today=date(2026, 11, 24))
READING = Reading(view=VIEW, answerer=Answerer(VIEW, shipped_models()))


def answered(question: str, *, private: bool = True) -> Message:
    """Return the real answer to a question, as a nursery's member of staff sees it."""
    return compose_answer(READING.answerer.reply(question), "0" * 32, SCENE, private=private)


GALLERY: dict[str, Message] = {
    "the answer about a parent": answered("can i friend a parent?"),
    "the answer about the logo, in a channel": answered("can I put the school logo on my LinkedIn", private=False),
    "the answer about moderators": answered("how many moderators do we need"),
    "the answer to what the policy does not say": answered("how much maternity leave do I get"),
    "the answer about a child at risk": answered("a pupil wrote in our comments that she's scared to go home"),
    "the answer to two questions": answered("Is a volunteer covered by this policy? And can we share one login?"),
    "a shared answer": compose_shared(READING.answerer.reply("can i friend a parent?"), SCENE),
    "a clause in parts": compose_clauses(tuple(ref for ref in VIEW.items if ref.id == "A.4.11"), SCENE),
    "the welcome": compose_welcome(SCENE),
    "help": compose_help(),
    "small talk": compose_small_talk(),
    "nothing asked": compose_nothing_asked(),
    "another language": compose_not_english(),
    "thanks for helpful": compose_feedback_taken(helpful=True),
    "thanks for not right": compose_feedback_taken(helpful=False),
    "the owner's morning": compose_findings(tuple(f"Post {number} is vacant." for number in range(1, 13))),
    "the owner's quiet morning": compose_findings(()),
    "an answer no longer kept": compose_gone(),
    "an answer that says no": ANSWER_NO,
    "an urgent answer": URGENT,
    "a question back": QUESTION_BACK,
    "a message that replaces its card": REPLACED,
    "a hostile message": HOSTILE_MESSAGE,
    "a hostile form": hostile_form(HOSTILE),
    "a long message": LONG,
    **FORM,
    **COVER,
    **REGISTER,
    **PEOPLE,
    **SITES,
}
