"""A form is sent again: what has changed is seen at once, and everybody hears once what it means for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import Facts, Paragraph, plain_text
from policy_kb.bot_words import Action
from policy_kb.request_words import StepKey, StepState
from policy_kb.words import Channel
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
    TOM,
    everything,
    labels,
)

if TYPE_CHECKING:
    from handlers.message import Message
    from policy_kb.request_words import RequestId
    from tests.handlers.requests.office import Office

OTHER_PURPOSE = ("Everybody in the town sees what our children do in PE.",)
TEAM = ("priya-sample", "tom-example")
OTHER_TEAM = ("priya-sample", "callum-sample")
FIRST = "R-1 (a new social media site) was changed and goes to Aisha Sample first; you are asked after that."


def changed_rows(message: Message) -> dict[str, str]:
    """Return what stands under “Changed since version 1:”, by label."""
    blocks = message.blocks
    (at,) = [
        place for place, one in enumerate(blocks) if isinstance(one, Paragraph) and one.text.startswith("Changed since")
    ]
    rows = blocks[at + 1]
    assert isinstance(rows, Facts)
    return {row.label: row.value for row in rows.rows}


def approved(office: Office) -> RequestId:
    request_id = office.sent()
    office.up_to_the_head(request_id)
    office.push(GRACE, office.card(GRACE, HEAD), "Approve")
    for email in (PRIYA, AISHA, DANIEL, NADIA, GRACE, LEILA, MARTIN):
        office.inbox(email)
    return request_id


def test_whoever_is_asked_again_reads_what_changed_before_the_answers(office: Office) -> None:
    request_id = office.sent(administrators=TEAM)
    office.push(AISHA, office.card(AISHA, LM), "Approve")

    office.change(request_id, purpose=OTHER_PURPOSE, administrators=OTHER_TEAM)

    card = office.card(AISHA, LM)
    rows = changed_rows(card)
    text = plain_text(card)
    assert rows == {
        "Purpose of setting up social media site": "Families see what their children do in PE, and when the fixtures "
        "are. → Everybody in the town sees what our children do in PE.",
        "Names of administrators (at least 2)": "Priya Sample, Tom Example → Priya Sample, Callum Sample",
    }
    assert text.index("Look at this first") < text.index("Changed since version 1:") < text.index("Who asks")


def test_a_card_that_is_asked_for_the_first_time_tells_of_no_change(office: Office) -> None:
    office.sent()

    assert "hanged since" not in plain_text(office.card(AISHA, LM))


def test_of_a_long_answer_the_part_that_is_new_is_shown(office: Office) -> None:
    long = "We show equipment, fixtures, results without names, and the thanks of the teams we met, each week of term"
    request_id = office.sent(content=(f"{long}.",))
    office.push(AISHA, office.card(AISHA, LM), "Approve")

    office.change(request_id, content=(f"{long}, and pictures of pupils.",))

    (said,) = changed_rows(office.card(AISHA, LM)).values()
    assert said == "…week of term. → …week of term, and pictures of pupils."


def test_many_changes_are_named_the_gravest_first_and_the_rest_by_their_labels(office: Office) -> None:
    request_id = office.sent(administrators=TEAM)
    office.push(AISHA, office.card(AISHA, LM), "Approve")

    office.change(
        request_id,
        department=("Physical education",),
        administrators=OTHER_TEAM,
        purpose=OTHER_PURPOSE,
        aims=("More of everything.",),
        content=("Pictures of pupils.",),
        audience=("public",),
        host_name=("TikTok",),
        security=("Anybody may comment.",),
    )

    card = office.card(AISHA, LM)
    assert len(changed_rows(card)) == 6
    assert "Department" not in changed_rows(card)
    assert "And 2 more, which the whole form has: " in plain_text(card)
    assert "Department" in plain_text(card).partition("which the whole form has: ")[2].partition("\n")[0]


def test_a_form_that_is_sent_again_as_it_was_says_so(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Ask for changes", comment="Whom is it for?")

    office.send(request_id)

    assert "No answer was changed since version 1." in plain_text(office.card(AISHA, LM))


def test_somebody_whose_open_card_misses_two_versions_sees_all_that_changed(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    assert labels(office.card(LEILA, DEPUTY))[0] == "Approve"
    office.change(request_id, security=("Anybody may comment.",))
    office.change(request_id, purpose=OTHER_PURPOSE)

    office.push(AISHA, office.card(AISHA, LM), "Approve")

    assert "Anybody may comment." in plain_text(office.card(LEILA, DEPUTY))


def test_whoever_is_asked_again_gets_one_message_and_the_old_card_points_to_it(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    office.inbox(AISHA)

    office.change(request_id, purpose=OTHER_PURPOSE)

    old, new = office.inbox(AISHA)
    assert (old.title, old.replaces, labels(old)) == (
        "There is a newer card for R-1 (a new social media site) below.",
        True,
        [],
    )
    assert (new.card, new.replaces, labels(new)[0]) == (f"{request_id}:{LM}", False, "Approve")
    office.press(PRIYA, Action.WITHDRAW_SURELY, str(request_id))
    assert len([one for one in office.inbox(AISHA) if one.replaces]) == 1, "the pointer stays as it is"


def test_where_a_channel_knows_cards_by_name_the_new_one_takes_the_place_of_the_old(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    office.inbox(AISHA)
    with office.database.begin() as uow:
        (card,) = uow.cards.named(f"{request_id}:{LM}")
        uow.cards.forget(card)
        uow.cards.put(f"{request_id}:{LM}", card.person_id, Channel.SLACK, f"dm-{AISHA}", office.clock())

    office.change(request_id, purpose=OTHER_PURPOSE)

    (new,) = office.inbox(AISHA)
    assert labels(new)[0] == "Approve"


def test_whoever_holds_an_open_card_learns_that_others_come_first(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    office.inbox(LEILA)
    office.inbox(GRACE)

    office.change(request_id, purpose=OTHER_PURPOSE)

    locked, told = office.inbox(LEILA)
    assert (locked.title, locked.card, locked.replaces) == (FIRST, f"{request_id}:{DEPUTY}", True)
    assert (told.title, told.card) == (FIRST, "")
    assert "Families" not in plain_text(locked)
    assert [one.title for one in office.inbox(GRACE) if not one.replaces] == [FIRST], "asked twice, told once"


def test_whoever_has_decided_and_is_asked_later_is_told_so_once(office: Office) -> None:
    request_id = approved(office)

    office.change(request_id, purpose=OTHER_PURPOSE)

    assert office.step(request_id, DEPUTY).state is StepState.WAITING
    for email in (LEILA, MARTIN, DANIEL, GRACE):
        assert [one.title for one in office.inbox(email) if not one.replaces] == [FIRST]


def test_nobody_is_told_to_wait_for_a_question_that_will_not_come(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    office.inbox(AISHA)

    office.change(request_id, line_manager=("daniel-example",))

    (told,) = [one for one in office.inbox(AISHA) if not one.replaces]
    assert "no longer counts, and you are not asked again" in told.title
    assert labels(office.card(DANIEL, LM))[0] == "Approve"


def test_a_stranger_learns_nothing_from_a_forged_notice(office: Office) -> None:
    request_id = office.sent()
    office.change(request_id, purpose=OTHER_PURPOSE)

    (shown,) = office.press(TOM, Action.CARD, f"{request_id}:{LM}")

    assert shown.title == "R-1 is not with you."


def test_those_whose_word_still_counts_see_what_changed(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    office.inbox(AISHA)

    office.change(request_id, department=("Physical education",))

    (told,) = [one for one in office.inbox(AISHA) if not one.replaces]
    assert "still counts" in told.title
    assert changed_rows(told) == {"Department": "PE → Physical education"}


def test_the_requester_hears_when_the_author_sends_it_again(office: Office) -> None:
    request_id = office.draft(author=TOM)
    office.send(request_id)
    office.inbox(TOM)

    office.change(request_id, TOM, department=("Physical education",))

    (told,) = office.inbox(PRIYA)
    assert told.title == "R-1 (a new social media site) was changed and sent again by Tom Example."
    assert changed_rows(told) == {"Department": "PE → Physical education"}
    assert [one for one in office.inbox(TOM) if not one.replaces] == []


def test_an_author_who_confirms_again_gets_the_card_and_nothing_beside_it(office: Office) -> None:
    request_id = office.draft(author=TOM)
    office.send(request_id)
    office.press(TOM, Action.APPROVE, f"{request_id}:author_confirms:1")
    office.inbox(TOM)

    office.change(request_id, purpose=OTHER_PURPOSE)

    (card,) = [one for one in office.inbox(TOM) if not one.replaces]
    assert card.card == f"{request_id}:{StepKey('author_confirms')}"


def test_a_step_that_stays_open_shows_what_changed_on_the_card_that_is_there(office: Office) -> None:
    request_id = office.sent()
    office.inbox(AISHA)

    office.change(request_id, host_name=("TikTok",))

    (card,) = office.inbox(AISHA)
    assert changed_rows(card) == {"Host name": "Instagram → TikTok"}


def test_whoever_answers_the_step_before_is_asked_the_next_one_too(office: Office) -> None:
    request_id = office.sent(manager=DANIEL)

    office.push(DANIEL, office.card(DANIEL, LM), "Approve")

    assert labels(office.card(DANIEL, SLT))[0] == "Record"
    assert office.step(request_id, DPO).state is StepState.OPEN


def test_a_button_of_no_request_is_told_apart_from_an_old_answer(office: Office) -> None:
    shown = office.press(PRIYA, Action.STATUS, "none")

    assert everything(shown).startswith("I cannot show you that request.")
