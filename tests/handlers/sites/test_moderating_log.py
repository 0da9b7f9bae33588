"""What moderators did is logged in two words and a link; what was written is kept nowhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action, SayKind
from policy_kb.site_words import LogAction, LogCategory, SiteState
from tests.handlers.cover.rota_office import AISHA, CALLUM, GRACE, LUCY, PRIYA, TOM, Rota
from tests.handlers.requests.mornings import leaves
from tests.handlers.requests.office import DANIEL, everything, labels
from tests.handlers.sites.people_office import ADMINISTRATOR, RUTH, audited, end_parts, move, name_for, the_site

if TYPE_CHECKING:
    from handlers.message import Message
    from storage.moderation import LogLine
    from tests.stage import DatabaseFile

LINK = "https://www.instagram.com/p/Cabc123/"
PASTED = "Your netball team is a bunch of zorblax idiots"
AT_RISK = "A girl in my class told me that her stepfather hits her and that she wants to die."
HOUR = timedelta(hours=1)


def save(rota: Rota, who: str, act: str, category: str, link: str = "") -> tuple[Message, ...]:
    (form,) = rota.press(who, Action.LOG, str(rota.site))
    return rota.push(who, form, "Save", act=act, category=category, link=link)


def log(rota: Rota) -> list[LogLine]:
    with rota.database.begin() as uow:
        return list(uow.moderation.lines((rota.site,), rota.clock() - HOUR, rota.clock() + HOUR))


def test_the_form_asks_for_two_words_and_a_link_and_says_that_nothing_else_is_kept(rota: Rota) -> None:
    (form,) = rota.press(TOM, Action.LOG, str(rota.site))

    assert form.title == "What did you do on Netball Instagram?"
    assert [one.name for one in form.fields] == ["act", "category", "link"]
    assert "Never what it said, and never a picture" in plain_text(form)
    assert "Could somebody be at risk" in plain_text(form)
    assert labels(form) == ["Save", "Extreme: what to do", "The plan for stepping in"]


@pytest.mark.parametrize("act", list(LogAction))
@pytest.mark.parametrize("category", list(LogCategory))
def test_every_act_and_every_category_is_logged(rota: Rota, act: LogAction, category: LogCategory) -> None:
    said, *_ = save(rota, TOM, act, category)

    (line,) = log(rota)
    assert (line.action, line.category, line.link, line.by, line.at) == (act, category, "", "tom-example", rota.clock())
    assert said.title.startswith("Logged for Netball Instagram: ")
    assert said.replaces
    assert audited(rota)[-1] == ("logged", "A.5.3")


def test_a_link_is_kept_and_the_audit_has_none(rota: Rota) -> None:
    save(rota, TOM, "removed", "spam", LINK)

    (line,) = log(rota)
    with rota.database.begin() as uow:
        facts = [str(row.facts) for row in uow.audit.everything()]
    assert line.link == LINK
    assert not any("instagram.com/p/" in one for one in facts)
    assert the_site(rota).active_on == rota.clock().date()


def test_what_was_pasted_is_refused_and_kept_nowhere(rota: Rota, database_file: DatabaseFile) -> None:
    (refused,) = save(rota, TOM, "removed", "rude", PASTED)

    assert refused.title.startswith("I keep a link or nothing")
    assert log(rota) == []
    assert b"zorblax" not in database_file.bytes()


def test_the_words_that_a_browser_writes_into_a_link_are_not_kept(rota: Rota, database_file: DatabaseFile) -> None:
    save(rota, TOM, "removed", "rude", f"{LINK}#:~:text=a%20bunch%20of%20zorblax")

    assert [one.link for one in log(rota)] == [LINK]
    assert b"zorblax" not in database_file.bytes()


def test_words_about_somebody_at_risk_bring_the_escalation_and_nothing_is_logged(
    rota: Rota, database_file: DatabaseFile
) -> None:
    urgent, refused = save(rota, TOM, "removed", "rude", AT_RISK)

    assert urgent.urgent is not None
    assert refused.title.startswith("I have not passed this on and kept nothing of it")
    assert log(rota) == []
    assert b"stepfather" not in database_file.bytes()


@pytest.mark.parametrize(("act", "category"), [("", "spam"), ("removed", ""), ("burnt", "spam"), ("removed", "funny")])
def test_without_both_words_nothing_is_logged(rota: Rota, act: str, category: str) -> None:
    values = {"act": (act,) if act else (), "category": (category,) if category else (), "link": ()}

    (refused,) = rota.press(TOM, Action.SAVE_LOG, str(rota.site), values)

    assert refused.title == "Choose the site, what you did, and what it was; then press again."
    assert log(rota) == []


def test_pressing_twice_logs_once_and_the_same_act_later_is_another(rota: Rota) -> None:
    save(rota, TOM, "removed", "spam")
    save(rota, TOM, "removed", "spam")
    once = len(log(rota))

    rota.wait(timedelta(minutes=1))
    save(rota, TOM, "removed", "spam")

    assert (once, len(log(rota))) == (1, 2)


def test_two_people_who_log_the_same_at_once_did_two_things(rota: Rota) -> None:
    save(rota, TOM, "removed", "spam")
    save(rota, CALLUM, "removed", "spam")

    assert [one.by for one in log(rota)] == ["tom-example", "callum-sample"]


@pytest.mark.parametrize("who", [GRACE, LUCY])
def test_whoever_does_not_look_after_the_site_logs_nothing_there(rota: Rota, who: str) -> None:
    values = {"act": ("removed",), "category": ("spam",), "link": ()}

    (refused,) = rota.press(who, Action.SAVE_LOG, str(rota.site), values)

    assert refused.title.startswith("Only whoever looks after a site")
    assert log(rota) == []


def test_whoever_looks_after_no_site_is_told_who_logs(rota: Rota) -> None:
    (said,) = rota.press(DANIEL, Action.LOG, "")

    assert said.title == "You look after no site, so there is nothing for you to log."


def test_nothing_is_logged_on_a_site_that_is_over_or_was_taken_away(rota: Rota) -> None:
    (form,) = rota.press(TOM, Action.LOG, str(rota.site))
    end_parts(rota, TOM)
    (gone,) = rota.push(TOM, form, "Save", act="removed", category="spam")
    move(rota, SiteState.CLOSED)
    (over,) = rota.push(CALLUM, form, "Save", act="removed", category="spam")
    (nowhere,) = rota.press(CALLUM, Action.SAVE_LOG, "999", {"act": ("removed",), "category": ("spam",), "link": ()})

    assert gone.title.startswith("Only whoever looks after a site")
    assert over.title == "This site is not in use any more, so nobody needs to look after it."
    assert nowhere.title == "I cannot show you that."
    assert log(rota) == []


def test_of_several_sites_the_form_asks_which(rota: Rota) -> None:
    with rota.database.begin() as uow:
        club = next(one for one in uow.sites.listed() if one.name == "English Book Club Threads")
    name_for(rota, LUCY, ADMINISTRATOR)

    (form,) = rota.press(LUCY, Action.LOG, "")
    rota.push(LUCY, form, "Save", site=str(rota.site), act="hidden", category="rude")

    assert form.title == "What did you do, and on which site?"
    assert [one.value for one in form.fields[0].options] == [str(club.id), str(rota.site)]
    assert len(log(rota)) == 1


def test_what_is_passed_on_reaches_the_administrators_with_the_link_and_no_content(rota: Rota) -> None:
    rota.clock.instant = rota.clock.instant.replace(hour=23, microsecond=123_456)

    (logged,) = save(rota, TOM, "escalated", "bullying", LINK)

    assert "I have told Aisha Sample and Priya Sample." in plain_text(logged)
    for who in (PRIYA, AISHA):
        (told,) = rota.inbox(who)
        assert told.title == (
            "Netball Instagram: Tom Example asks you to decide on something (bullying or harassment)."
        )
        assert f"Where: {LINK}" in plain_text(told)
        assert labels(told) == ["Log what you did", "The plan for stepping in"]


def test_something_extreme_that_is_passed_on_says_where_it_stands_and_what_to_do(rota: Rota) -> None:
    logged, extreme = save(rota, TOM, "escalated", "extreme", LINK)

    assert logged.title.startswith("Logged")
    assert extreme.urgent is not None
    (told,) = rota.inbox(PRIYA)
    assert labels(told)[0] == "Extreme: what to do"
    assert f"Where: {LINK}" in plain_text(told)


def test_what_the_only_administrator_passes_on_reaches_author_and_head(rota: Rota) -> None:
    end_parts(rota, AISHA)

    (logged,) = save(rota, PRIYA, "escalated", "complaint")

    assert "I have told Aisha Sample and Grace Sample." in plain_text(logged)
    assert [len(rota.inbox(who)) for who in (AISHA, GRACE, PRIYA)] == [1, 1, 0]


def test_where_nobody_can_be_reached_whoever_passes_it_on_is_told_so(rota: Rota) -> None:
    end_parts(rota, AISHA, PRIYA)
    for who in (AISHA, GRACE, "denise.sample@elm-academy.example"):
        leaves(rota, who, rota.clock().date())

    (logged,) = save(rota, TOM, "escalated", "complaint")

    assert "I could reach nobody who decides on it: please tell the head yourself." in plain_text(logged)


def test_passing_on_twice_tells_once(rota: Rota) -> None:
    for _ in range(2):
        save(rota, TOM, "escalated", "complaint")

    assert len(rota.inbox(PRIYA)) == 1


def test_what_was_passed_on_is_read_by_nobody_else(rota: Rota) -> None:
    save(rota, TOM, "escalated", "complaint")
    about = f"{rota.site}:escalated:complaint:{int(rota.clock().timestamp())}"

    assert rota.told(RUTH, SayKind.LOGGED, about).title == "I cannot show you that."
    assert rota.told(PRIYA, SayKind.LOGGED, f"{rota.site}:escalated:complaint:1").title == "I cannot show you that."
    assert rota.told(RUTH, SayKind.LOGGED, f"{rota.site}:removed:spam").title == "I cannot show you that."


@pytest.mark.parametrize("about", ["x", "7:nothing:known", "0", "7:removed:spam:1:2", "-1", "7:::99999999999999"])
def test_a_button_with_something_else_on_it_brings_a_form_or_a_kind_word(rota: Rota, about: str) -> None:
    before = audited(rota)
    for action in (Action.LOG, Action.EXTREME, Action.PLAN, Action.PATTERNS, Action.SAVE_LOG):
        assert everything(rota.press(TOM, action, about))
    assert audited(rota) == before
