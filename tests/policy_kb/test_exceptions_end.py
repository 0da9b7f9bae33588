"""Where the exceptions end: own family, the ways to one pupil, and ordinary use of social media."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_kb.words import Verdict

if TYPE_CHECKING:
    from policy_kb.answer import Answerer


@pytest.mark.parametrize(
    "question",
    [
        "can i snap my son and the rest of his form",
        "am i alright chatting to my lad and his footy team on whatsapp, hes in y9 here",
        "can i dm my daughter and a couple others in her class",
        "can i message my daughter's netball team on whatsapp",
        "whatsapp group w my niece n 6 other y9s ok?",
        "can i chat to other kids if my son is in the group too",
        "my nephew's girlfriend sent me a friend request shes y11",
        "My daughter's best mate is in Y10 here. She's as good as family so I DM her back.",
        "I'm staying in the Year 4 mums' WhatsApp because my own daughter is in Year 4",
    ],
)
def test_their_friends_and_classes_are_barred_like_everybody_else(answerer: Answerer, question: str) -> None:
    assert answerer.reply(question).answers[0].verdict is Verdict.NO


@pytest.mark.parametrize(
    "question",
    [
        "my son is a TA here can he add y10s on snap",
        "my mum works in the canteen here can she friend the kids",
        "my niece is a student teacher here can she add y12s",
    ],
)
def test_relatives_who_work_here_may_do_no_more_than_anybody(answerer: Answerer, question: str) -> None:
    assert answerer.reply(question).answers[0].verdict is Verdict.NO


@pytest.mark.parametrize("question", ["his footy team?", "and the whole form", "and the others in the group"])
def test_a_follow_up_about_others_is_barred(answerer: Answerer, question: str) -> None:
    topic = answerer.reply("can i message my son on whatsapp hes y8 here").topic

    assert answerer.reply(question, topic).answers[0].verdict is Verdict.NO


@pytest.mark.parametrize(
    "question",
    [
        "can i message my son on whatsapp hes y8 here",
        "my nephew is in yr 8, can he follow me",
        "my nephew starts in our nursery class in september. can my brother and i carry on messaging on messenger",
    ],
)
def test_ones_own_are_excepted(answerer: Answerer, question: str) -> None:
    assert answerer.reply(question).answers[0].verdict is Verdict.YES


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("can i add a mum on fb", "in my own time?"),
        ("can i post kids pics on my fb", "at home?"),
        ("can i use my school email for fb", "at home?"),
        ("can i share porn on fb", "in my own time"),
        ("can i message my son on whatsapp hes y8 here", "while im teaching?"),
    ],
)
def test_no_hour_opens_what_is_barred(answerer: Answerer, before: str, question: str) -> None:
    reply = answerer.reply(question, answerer.reply(before).topic)

    assert reply.answers[0].verdict is Verdict.NO


@pytest.mark.parametrize(
    "question",
    [
        "can i flirt with a y13 by school email",
        "can i text a y12 off the school mobile about her boyfriend troubles and keep it secret",
        "can i text pupils on school mobile nasty stuff",
        "can i facetime a kid on the school phone",
        "can i use my school email to ask a pupil out",
        "can i email a pupil through school email pretending to be the head",
        "can i text a pupil on the school phone that i love them",
        "can i use school email to tutor a pupil for money",
        "i leave friday can i email my pupils from school email to stay in touch",
        "can my husband email a pupil from my school email",
        "Can I use school email to invite a pupil to my house for tea?",
        "Can I email a pupil on school email to tell her she can text me any time?",
        "Can I Google Meet with a pupil's dad?",
        "Can I phone a pupil on the school mobile about his coursework?",
        "Is a one to one Zoom with a student allowed if I log in with my school email?",
        "Can I email one of my students from my school account the test marks of her friend?",
    ],
)
def test_a_way_that_is_allowed_makes_not_everything_allowed(answerer: Answerer, question: str) -> None:
    assert all(answer.verdict is not Verdict.YES for answer in answerer.reply(question).answers)


@pytest.mark.parametrize(
    "question",
    [
        "am i allowed to dox someone",
        "can i use facebook in school",
        "can i use twitter at home during my online lesson",
        "can i post staff night out photos on fb",
        "at home can i share a pic of my ta",
        "can i have an insta for my subject",
        "can i put kids on my insta, my wife is a TA",
    ],
)
def test_ordinary_use_is_allowed_and_nothing_beyond_it(answerer: Answerer, question: str) -> None:
    assert all(answer.verdict is not Verdict.YES for answer in answerer.reply(question).answers)


@pytest.mark.parametrize(
    "question",
    [
        "can i bully my brother in law on facebook",
        "can i message my niece on insta in lesson time",
        "can i give my son the answers on messenger",
        "can i message my niece from the school insta",
    ],
)
def test_family_is_no_leave_for_whatever_is_barred(answerer: Answerer, question: str) -> None:
    assert answerer.reply(question).answers[0].verdict is not Verdict.YES


@pytest.mark.parametrize("question", ["can i use my own email for facebook", "can i use my gmail for insta"])
def test_an_address_of_ones_own_is_advised_and_not_barred(answerer: Answerer, question: str) -> None:
    assert answerer.reply(question).answers[0].verdict is Verdict.ADVISED


@pytest.mark.parametrize(
    "question",
    [
        "can i email a pupil from my school email about her coursework",
        "can i text a pupil from the school mobile that the coach is late",
        "Is it fine for me to text a pupil from the school's own mobile about the minibus time?",
        "can i google meet a pupil on my school account for revision",
    ],
)
def test_school_work_by_a_way_of_the_schools_is_allowed(answerer: Answerer, question: str) -> None:
    assert answerer.reply(question).answers[0].verdict is Verdict.YES


@pytest.mark.parametrize(
    "question",
    [
        "Can I message my niece and the girl she sits next to on Instagram?",
        "Can I add my grandson and the boy who always comes round for tea?",
        "My niece is in my school, can I add her neighbour too?",
        "My brother is in Year 12. Is it okay if I join his gaming server with his school mates on it?",
        "My husband runs a party business, could I share his flyer in a message to the parents I know on Facebook?",
    ],
)
def test_family_with_somebody_else_is_never_simply_allowed(answerer: Answerer, question: str) -> None:
    assert answerer.reply(question).answers[0].verdict is not Verdict.YES
