"""Extreme offence or a risk of harm: what to do at once; and the plan for stepping in, a tap away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.channels.slack.render import render as on_slack
from bot.channels.teams.render import render as on_teams
from bot.channels.web.render import render as on_the_web
from handlers.desk import OFFICIAL_LABEL
from handlers.message import ClauseQuote, Message, Paragraph, plain_text
from handlers.sites.moderating_extreme_said import NO_REPORT, extreme
from policy_kb.bot_words import Action, SayKind
from policy_kb.toml_entries import parse_ref
from policy_kb.view import load_view
from tests.handlers.cover.rota_office import AISHA, DENISE, GRACE, LUCY, NAME, PRIYA, THURSDAY, TOM, Rota
from tests.handlers.requests.office import DANIEL, HARRIET, labels
from tests.handlers.sites.people_office import change, end_parts
from tests.stage import button

if TYPE_CHECKING:
    from policy_kb.view import PolicyView

STRANGER = "nobody.atall@elsewhere.example"
NIGHT = datetime(2026, 12, 25, 3, 0, tzinfo=UTC)
PLAN = "Comments are held back until one of us has read them. Ring the head out of hours."


def quoted(message: Message) -> list[str]:
    return [one.number for one in message.blocks if isinstance(one, ClauseQuote)]


def alert(message: Message) -> tuple[str, ...]:
    assert message.urgent is not None
    return message.urgent.lines


@pytest.mark.parametrize("who", [TOM, LUCY, DANIEL])
def test_the_first_thing_to_do_is_to_take_it_off_and_then_whom_to_tell_by_name(rota: Rota, who: str) -> None:
    (said,) = rota.press(who, Action.EXTREME, "")

    first, *others = alert(said)
    assert first == "Take it off the site now, or do not let it appear (A.5.6)."
    assert "1. Take it off the site now" in plain_text(said)
    assert ("6. " in plain_text(said), "7. " in plain_text(said)) == (True, False)
    text = "\n".join(others)
    assert text.index("999") < text.index("designated safeguarding lead (DSL) now: ") < text.index("101")
    assert "CEOP" in text
    assert quoted(said) == ["A.5.6"]
    assert "See A.2.3" in labels(said)


def test_that_nobody_outside_is_told_is_no_step_and_stands_after_the_list_on_every_channel(rota: Rota) -> None:
    (said,) = rota.press(TOM, Action.EXTREME, "")
    slack = [one for one in on_slack(said)["blocks"] if NO_REPORT in str(one)]

    assert NO_REPORT not in alert(said)
    assert said.blocks[0] == Paragraph(text=NO_REPORT)
    assert f"<p>{NO_REPORT}</p>" in on_the_web(said)
    assert ["rich_text_list" in str(one) for one in slack] == [False]
    assert [NO_REPORT in str(one) for one in on_teams(said)["body"][:3]] == [False, False, True]
    assert f"\n\n{NO_REPORT}\n\n" in plain_text(said)


def test_it_is_said_at_night_in_a_holiday_and_of_a_site_too(rota: Rota) -> None:
    rota.clock.instant = NIGHT

    (said,) = rota.press(TOM, Action.EXTREME, str(rota.site))

    with rota.database.begin() as uow:
        card = uow.settings.dsl_card(rota.person_in(uow, TOM).setting.id)
    assert card is not None
    assert any(card.name in one and card.phone in one for one in alert(said))
    assert [one.about for one in said.buttons if one.action is Action.LOG] == [str(rota.site)]


def test_whoever_looks_after_no_site_sees_what_to_do_and_nothing_to_log(rota: Rota) -> None:
    (said,) = rota.press(DANIEL, Action.EXTREME, str(rota.site))

    assert labels(said) == ["See A.2.3"]
    assert len(alert(said)) == 6


def test_even_somebody_whom_nobody_knows_is_told_what_to_do(rota: Rota) -> None:
    (said,) = rota.press(STRANGER, Action.EXTREME, "")
    (refused,) = rota.press(STRANGER, Action.LOG, "")

    assert said.urgent is not None
    assert "Tell your designated safeguarding lead (DSL) now" in plain_text(said)
    assert refused.title.startswith("I do not find you in the trust's staff list")


def test_nothing_is_kept_and_nobody_is_told_by_looking_at_it(rota: Rota) -> None:
    rota.press(TOM, Action.EXTREME, str(rota.site))

    assert all(rota.inbox(who) == [] for who in (PRIYA, AISHA, GRACE, DENISE))


def test_the_official_words_are_quoted_once_the_trust_has_imported_them() -> None:
    view = official(load_view())

    said = extreme(view, "", None, may_log=False)

    (quote,) = [one for one in said.blocks if isinstance(one, ClauseQuote)]
    assert (quote.number, quote.words, quote.official) == ("A.5.6", "The trust's own sentence.", True)


def official(view: PolicyView) -> PolicyView:
    return view.quoting({parse_ref("A.5.6"): "The trust's own sentence."}, OFFICIAL_LABEL)


def test_where_nobody_entered_a_safeguarding_lead_the_line_for_everybody_stands() -> None:
    said = extreme(load_view(), "", None, may_log=False)

    assert any("Your setting has the name and number" in one for one in alert(said))


def test_whoever_is_on_duty_has_the_plan_one_tap_away(rota: Rota) -> None:
    change(rota, intervention_plan=PLAN)
    nudge = rota.told(TOM, SayKind.SLOT, rota.about(THURSDAY))

    (plan,) = rota.push(TOM, nudge, "Plan for stepping in")

    assert plan.title == f"{NAME}: the plan for stepping in."
    assert PLAN in plain_text(plan)
    assert quoted(plan) == ["A.5.5"]
    assert labels(plan) == ["Log what you did", "Extreme: what to do"]


def test_that_there_is_no_plan_is_said_with_what_to_do_until_then(rota: Rota) -> None:
    change(rota, intervention_plan="  ")

    (plan,) = rota.press(TOM, Action.PLAN, str(rota.site))

    assert plan.title == f"{NAME}: the plan for stepping in is missing."
    assert "please ask the author" in plain_text(plan)
    assert "take down what breaks the house rules" in plain_text(plan)


def test_of_a_site_that_we_host_ourselves_no_plan_is_missing(rota: Rota) -> None:
    change(rota, host="academy", intervention_plan="")

    (plan,) = rota.press(TOM, Action.PLAN, str(rota.site))

    assert plan.title == f"{NAME}: no plan for stepping in is asked for."
    assert quoted(plan) == ["A.5.4"]


def test_the_plan_is_a_tap_away_from_the_log_and_from_the_extreme_card(rota: Rota) -> None:
    (form,) = rota.press(TOM, Action.LOG, str(rota.site))
    (what_to_do,) = rota.press(TOM, Action.EXTREME, str(rota.site))

    assert button(form, "The plan").about == button(what_to_do, "The plan").about == str(rota.site)


def test_the_head_reads_the_plan_and_logs_nothing(rota: Rota) -> None:
    change(rota, intervention_plan=PLAN)

    (plan,) = rota.press(GRACE, Action.PLAN, str(rota.site))

    assert PLAN in plain_text(plan)
    assert labels(plan) == ["Extreme: what to do"]


def test_the_plan_is_for_those_who_have_a_part_in_the_site(rota: Rota) -> None:
    for who in (LUCY, HARRIET):
        (said,) = rota.press(who, Action.PLAN, str(rota.site))
        assert said.title == "I cannot show you that."
    end_parts(rota, TOM)
    (later,) = rota.press(TOM, Action.PLAN, str(rota.site))
    assert later.title == "I cannot show you that."


def test_whoever_looks_after_several_sites_is_asked_of_which(rota: Rota) -> None:
    change(rota, author=rota.person(LUCY).id, intervention_plan=PLAN)

    (which,) = rota.press(LUCY, Action.PLAN, "")
    (plan,) = rota.push(LUCY, which, NAME)

    assert which.title == "The plan of which site?"
    assert labels(which) == ["English Book Club Threads", NAME]
    assert PLAN in plain_text(plan)
