"""A permission stands on a reviewed case whose words a person can point at, and on nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_kb.words import Verdict

if TYPE_CHECKING:
    from policy_kb.answer import Answerer
    from policy_kb.view import PolicyView


def verdict(answerer: Answerer, question: str) -> Verdict:
    (answer,) = answerer.reply(question).answers
    return answer.verdict


@pytest.mark.parametrize(
    "question",
    [
        "my cousin sells solar panels, can I pass him parents' addresses for a cut",
        "my sister works for a paper, can I give her the inside info on our Ofsted",
        "I'm the head's nephew, can I DM a pupil",
        "am i even allowed on facebook messenger with the kids",
        "do i have to come off facebook with my pupils on it",
        "am i allowed to be on social media while im teaching",
        "am I allowed on facebook in the staffroom at break",
        "am i allowed an instagram for my class",
        "am I allowed on facebook to talk to students",
        "can I scroll facebook at home on the school laptop in my contracted hours",
        "is it ok to be on insta at home in the evening with my tutor group",
        "can I go on facebook at work, I'll get home late",
        "can I use insta on my laptop in my house during PPA",
        "can I do personal facebook at work on a saturday detention",
        "can I scroll facebook wfh in my house between lessons",
        "my husband sells mortgages, handy for him to know which families are moving",
        "my nephew's here and his mate in the same form followed me, so I followed back",
        "is anyone allowed to be on facebook at all with the children in the room",
        "Can I message a pupil's dad and the wife on Facebook?",
        "Can I add a pupil, her brother's off at uni, on Snapchat?",
        "can i text a pupil on the school mobile at midnight to say goodnight",
    ],
)
def test_family_or_an_account_somewhere_in_the_question_permits_nothing(answerer: Answerer, question: str) -> None:
    assert verdict(answerer, question) is not Verdict.YES


@pytest.mark.parametrize(
    "question",
    [
        "I enhanced a photo of a pupil and put it on my insta",
        "can i hang on to the page password after i leave",
        "can I name the academy as my employer in my post slagging off the head",
        "can I follow the school page with a fake profile",
        "union rep here, the redundancy list with the names goes in our members' facebook group",
        "the head is off sick so I put the page up without approval",
        "I signed the form for her while she's off sick",
        "there's no upper limit so can I add all the pupils to my snapchat",
        "I'll post the Year 9 photos on my insta, no children or parents will mind",
        "Can I post on Facebook that I work at the worst school in Kent?",
        "Can I tell a journalist that I work at the academy and comment on the story?",
        "Can I put just the words 'our head is useless' on Twitter?",
        "Can I post a photo of a pupil holding a certificate on my own Instagram, is there a certificate rule?",
        "Can I take pictures of the kids on my phone and put them on my Instagram?",
        "what time in the evening can I dm a pupil on insta",
    ],
)
def test_a_reviewed_silence_hides_no_prohibition(answerer: Answerer, question: str) -> None:
    assert verdict(answerer, question) is Verdict.NO


def test_a_school_phone_permits_nothing_on_instagram(answerer: Answerer) -> None:
    topic = answerer.reply("can I text a year 10 one to one from the school mobile about coursework").topic

    (answer,) = answerer.reply("and by insta dm instead?", topic).answers

    assert answer.verdict is Verdict.NO


def test_only_reviewed_cases_can_permit(view: PolicyView) -> None:
    permitting = {(str(case.item), case.name) for case in view.cases if case.verdict is Verdict.YES}

    assert permitting == {
        ("5.2", "own-family"),
        ("5.3(a)", "own-family"),
        ("5.4", "own-family"),
        ("A.4.11(a)", "school-email"),
        ("A.4.11(a)", "school-meet"),
        ("A.4.11(a)", "school-mobile"),
        ("A.4.11(b)", "school-way"),
        ("A.4.11(c)", "school-meet"),
        ("6.1", "school-email"),
        ("4.1", "ordinary-personal-use"),
        ("4.1", "being-there-at-all"),
        ("5.11", "allowed-in-own-time"),
    }
