"""The whole chain, from the form that is sent to the site that is live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import Alert, Facts, Tone, plain_text
from policy_kb.bot_words import Action
from policy_kb.request_words import Outcome, RequestState, StepState
from tests.handlers.requests.office import (
    AISHA,
    DANIEL,
    DEPUTY,
    DPO,
    GRACE,
    HEAD,
    LEILA,
    LM,
    MARTIN,
    NADIA,
    PRIYA,
    SLT,
    everything,
    labels,
)
from tests.handlers.sites.life_office import WITH_PEOPLE, make_ready

if TYPE_CHECKING:
    from tests.handlers.requests.office import Office


def test_the_line_manager_is_asked_first_and_nobody_else(office: Office) -> None:
    request_id = office.sent()

    assert [one.key for one in office.facts(request_id).steps if one.state is StepState.OPEN] == [LM]
    assert office.asked(request_id, LM) == {AISHA}
    assert everything(office.inbox(GRACE)) == ""


def test_a_card_says_who_asks_for_what_and_why(office: Office) -> None:
    office.sent()

    card = office.card(AISHA, LM)

    text = plain_text(card)
    assert "Priya Sample asks for a new social media site" in card.title
    for said in ("Teacher of PE", "Families see what their children do", "Instagram", "18 January 2027"):
        assert said in text
    assert labels(card) == ["Approve", "Ask for changes", "Decline", "Not me", "Whole form"]


def test_risks_stand_out_on_a_card(office: Office) -> None:
    office.sent(audience=("pupils",), audience_ages=("8", "11"))

    text = plain_text(office.card(AISHA, LM))

    assert "as young as 8" in text
    assert "Instagram would host it" in text


def test_an_approval_needs_one_press_and_nothing_to_type(office: Office) -> None:
    request_id = office.sent()

    (card,) = office.push(AISHA, office.card(AISHA, LM), "Approve")

    (decision,) = office.facts(request_id).decisions
    assert (decision.outcome, decision.comment, decision.version) == (Outcome.APPROVED, "", 1)
    assert card.replaces
    assert "Approved by Aisha Sample, Line Manager" in card.title
    assert "24 November 2026, 09:30" in plain_text(card)
    assert labels(card) == ["Whole form"]


def test_the_requester_hears_of_each_step_and_who_comes_next(office: Office) -> None:
    office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve", comment="A good idea.")

    (news,) = office.inbox(PRIYA)

    assert news.title == "R-1, 1 of 5: Aisha Sample, Line Manager, said yes. Not approved yet."
    assert news.tone is Tone.PLAIN
    text = plain_text(news)
    assert "A good idea." in text
    assert "Next: " in text
    assert "Deputy Data Protection Officer" in text
    assert "Leila Sample" in text


def test_no_yes_before_the_last_looks_like_the_go_ahead(office: Office) -> None:
    request_id = office.sent()

    office.up_to_the_head(request_id)

    told = office.inbox(PRIYA)
    assert [one.title.partition(":")[0] for one in told] == [f"R-1, {number} of 5" for number in (1, 2, 3, 4)]
    assert all(one.title.endswith("Not approved yet.") and one.tone is Tone.PLAIN for one in told)


def test_a_consultation_recorded_in_full_later_gives_no_second_go_ahead(office: Office) -> None:
    office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    office.push(DANIEL, office.card(DANIEL, SLT), "Record", discussed_on="2026-11-23", discussed_with="All of us")
    office.push(LEILA, office.card(LEILA, DEPUTY), "Approve")
    (recorded,) = office.push(MARTIN, office.card(MARTIN, DPO), "Record", dpia="later")
    office.push(GRACE, office.card(GRACE, HEAD), "Approve")
    office.inbox(PRIYA)

    office.push(MARTIN, recorded, "Record in full", dpia="yes", dpia_reference="DPIA-12")

    (news,) = office.inbox(PRIYA)
    assert "Approved" not in news.title
    assert news.tone is Tone.PLAIN


def test_whoever_writes_a_comment_is_told_who_reads_it(office: Office) -> None:
    office.sent()

    (field,) = office.card(AISHA, LM).fields

    assert field.hint.endswith("Everyone in this request reads it, and it is on the PDF.")


def test_a_card_shortens_long_answers_and_puts_the_risks_first(office: Office) -> None:
    office.sent(content=("Pictures of equipment and fixtures. " * 20,), contributors=("pupils",))

    card = office.card(AISHA, LM)

    assert isinstance(card.blocks[0], Alert)
    rows = [row for block in card.blocks if isinstance(block, Facts) for row in block.rows]
    assert max(len(row.value) for row in rows) <= 120


def test_the_head_is_asked_only_when_all_others_have_spoken(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    office.push(LEILA, office.card(LEILA, DEPUTY), "Approve")

    assert office.step(request_id, HEAD).state is StepState.WAITING
    refused = office.press(GRACE, Action.APPROVE, f"{request_id}:{HEAD}:1")
    assert office.facts(request_id).state is RequestState.SUBMITTED
    assert "not among the people who were asked" in everything(refused)


def test_the_whole_chain_ends_in_an_approved_and_live_site(office: Office) -> None:
    request_id = office.sent(PRIYA, AISHA, **WITH_PEOPLE)
    office.up_to_the_head(request_id)
    head = office.card(GRACE, HEAD)
    office.inbox(PRIYA)

    office.push(GRACE, head, "Approve")

    news, asked = office.inbox(PRIYA)
    assert office.facts(request_id).state is RequestState.APPROVED
    assert news.title.startswith("Approved. You may create the site.")
    assert news.tone is Tone.YES
    assert asked.title == "Do you administer and moderate PE Instagram? Please say yes or no."
    make_ready(office, request_id)
    (live,) = office.push(PRIYA, news, "It is live")
    assert office.facts(request_id).state is RequestState.LIVE
    assert "live" in live.title
    assert "is live now" in everything(office.inbox(GRACE))


def test_the_final_card_tells_what_everybody_said(office: Office) -> None:
    request_id = office.sent()
    office.up_to_the_head(request_id)

    text = plain_text(office.card(GRACE, HEAD))

    for said in (
        "Approved by Aisha Sample, Line Manager",
        "Recorded by Daniel Example, SLT",
        "Discussed on: 23 November 2026",
        "Recorded by Martin Example, Data Protection Officer",
        "Impact assessment needed: No",
        "Approved by Leila Sample, Deputy Data Protection Officer",
    ):
        assert said in text


def test_one_member_records_for_the_whole_team_and_the_others_cards_lock(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    daniels, nadias = office.card(DANIEL, SLT), office.card(NADIA, SLT)
    assert labels(nadias)[0] == "Record"

    office.push(DANIEL, daniels, "Record", discussed_on="2026-11-23", discussed_with="All of us")

    locked = office.card(NADIA, SLT)
    assert office.step(request_id, SLT).state is StepState.DONE
    assert locked.replaces
    assert "Recorded by Daniel Example" in locked.title
    assert labels(locked) == ["Whole form"]


def test_a_record_without_its_facts_is_not_taken(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")

    card = office.card(DANIEL, SLT)
    missing = office.push(DANIEL, card, "Record", discussed_with="All of us")
    ahead = office.push(DANIEL, card, "Record", discussed_with="All of us", discussed_on="2026-11-25")
    other = office.push(MARTIN, office.card(MARTIN, DPO), "Record", dpia="perhaps")

    assert "still missing" in everything(missing)
    assert "lies not in the future" in everything(ahead)
    assert "does not hold what it asks for" in everything(other)
    assert [one.step for one in office.facts(request_id).decisions] == [LM]


def test_everything_that_happens_is_in_the_audit(office: Office) -> None:
    request_id = office.sent()
    office.up_to_the_head(request_id)
    office.push(GRACE, office.card(GRACE, HEAD), "Approve")

    verbs = office.verbs(request_id)

    assert verbs[:3] == ["started", "submitted", "asked"]
    assert verbs.count("decided") == 5
    assert verbs[-1] == "changed"


def test_whoever_is_asked_may_read_the_whole_form(office: Office) -> None:
    office.sent()

    (form,) = office.push(AISHA, office.card(AISHA, LM), "Whole form")

    text = plain_text(form)
    assert "More families come to fixtures." in text
    assert "The Academy's staff" in text


def test_nobody_else_may_read_it(office: Office) -> None:
    request_id = office.sent()

    (form,) = office.press(MARTIN, Action.WHOLE_FORM, str(request_id))
    (card,) = office.press(MARTIN, Action.CARD, f"{request_id}:{LM}")
    (status,) = office.press(MARTIN, Action.STATUS, str(request_id))

    for shown in (form, card, status):
        assert "fixtures" not in plain_text(shown)
        assert "Priya" not in plain_text(shown)
