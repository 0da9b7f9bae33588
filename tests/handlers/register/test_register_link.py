"""A link to the register: who gets one, when it works, and how long what it opens lasts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from handlers.register.visits import NotLetIn
from policy_kb.bot_words import Action
from tests.handlers.register.register_office import ADDRESS, secret_in
from tests.handlers.requests.office import GRACE, PRIYA, TOM, labels

if TYPE_CHECKING:
    from tests.handlers.cover.rota_office import Rota
    from tests.handlers.register.register_office import Readers
    from tests.stage import DatabaseFile

ASKING = (
    "register",
    "Register, please",
    "site register",
    "show me the register",
    "can I see the register of sites?",
    "open the sites register",
    "link to the register",
    "give me a link for the register page",
)
NO_ASKING = (
    "how do I register a site?",
    "Do I have to register my own account?",
    "Is the class register allowed on Instagram?",
    "register my school page on Facebook",
)
OLD = timedelta(minutes=10)
A_DAY_OF_WORK = timedelta(hours=8)
A_MOMENT = timedelta(seconds=1)


@pytest.mark.parametrize("words", ASKING)
def test_whoever_asks_gets_a_link_of_their_own(readers: Readers, words: str) -> None:
    (shown,) = readers.say(GRACE, words)

    assert f"{ADDRESS}/register/open/{secret_in((shown,))}" in plain_text(shown)
    assert "It works once, for ten minutes. Do not pass it on" in plain_text(shown)
    assert readers.visits.whose_link(secret_in((shown,)), now=readers.clock()) == "Grace Sample"


@pytest.mark.parametrize("words", NO_ASKING)
def test_a_question_about_the_policy_stays_one(readers: Readers, words: str) -> None:
    assert not any("/register/open/" in plain_text(one) for one in readers.say(GRACE, words))


def test_a_button_gives_a_new_link_and_the_one_before_goes_on_working(readers: Readers) -> None:
    (shown,) = readers.say(TOM, "register")
    (again,) = readers.push(TOM, shown, "A new link")

    first, second = secret_in((shown,)), secret_in((again,))
    assert first != second
    assert readers.visits.begin(first, now=readers.clock())
    assert readers.visits.begin(second, now=readers.clock())


def test_where_others_read_it_nobody_gets_a_link(readers: Readers, database_file: DatabaseFile) -> None:
    readers.say(GRACE, "hello")

    (shown,) = readers.say_in_the_staff_room(GRACE, "site register")

    assert shown.title == "Please write to me directly for this."
    assert database_file.rows("page_links") == 0


def test_without_an_address_that_is_said_and_what_helps_instead(rota: Rota) -> None:
    (shown,) = rota.say(GRACE, "register")

    assert shown.title == "The register page has no address here yet, so I cannot give you a link."
    assert labels(shown) == ["Who is on", "What is not covered"]


def test_a_stranger_gets_none(readers: Readers) -> None:
    (shown,) = readers.press("stranger@nowhere.example", Action.REGISTER, "")

    assert shown.title.startswith("I do not find you in the trust's staff list")


def test_in_the_middle_of_a_form_the_word_is_an_answer(readers: Readers) -> None:
    readers.say(PRIYA, "site form")

    assert not any("/register/open/" in plain_text(one) for one in readers.say(PRIYA, "register"))


def test_a_link_is_kept_nowhere_as_it_is(readers: Readers, database_file: DatabaseFile) -> None:
    link = readers.link(TOM)
    session = readers.visits.begin(link, now=readers.clock())
    kept = database_file.bytes()

    assert link.encode() not in kept
    assert session.encode() not in kept


def test_looking_at_a_link_does_not_spend_it_and_opening_does(readers: Readers) -> None:
    link = readers.link(TOM)

    looked = [readers.visits.whose_link(link, now=readers.clock()) for _ in range(3)]
    readers.visits.begin(link, now=readers.clock())

    assert looked == ["Tom Example"] * 3
    assert readers.visits.whose_link(link, now=readers.clock()) == ""
    with pytest.raises(NotLetIn):
        readers.visits.begin(link, now=readers.clock())


def test_after_ten_minutes_a_link_opens_nothing(readers: Readers) -> None:
    link = readers.link(TOM)

    readers.wait(OLD - A_MOMENT)
    before = readers.visits.whose_link(link, now=readers.clock())
    readers.wait(A_MOMENT)

    assert before == "Tom Example"
    with pytest.raises(NotLetIn):
        readers.visits.begin(link, now=readers.clock())


def test_a_session_lasts_eight_hours(readers: Readers) -> None:
    session = readers.enter(TOM)

    readers.wait(A_DAY_OF_WORK - A_MOMENT)
    assert readers.visits.register(session, {}, now=readers.clock()).reader == "Tom Example"

    readers.wait(A_MOMENT)
    with pytest.raises(NotLetIn):
        readers.visits.register(session, {}, now=readers.clock())


def test_whoever_leaves_the_page_is_let_in_no_more(readers: Readers) -> None:
    session, other = readers.enter(TOM), readers.enter(GRACE)

    readers.visits.end(session)

    with pytest.raises(NotLetIn):
        readers.visits.register(session, {}, now=readers.clock())
    assert readers.visits.register(other, {}, now=readers.clock()).reader == "Grace Sample"


def test_another_link_in_the_same_browser_ends_the_session_before(readers: Readers) -> None:
    session, link = readers.enter(TOM), readers.link(GRACE)

    new = readers.visits.begin(link, now=readers.clock(), instead_of=session)

    assert readers.visits.register(new, {}, now=readers.clock()).reader == "Grace Sample"
    with pytest.raises(NotLetIn):
        readers.visits.register(session, {}, now=readers.clock())


def test_whoever_has_left_the_trust_opens_nothing_with_a_link_or_a_session(readers: Readers) -> None:
    session, link = readers.enter(TOM), readers.link(TOM)

    readers.let_go(TOM)

    assert readers.visits.whose_link(link, now=readers.clock()) == ""
    with pytest.raises(NotLetIn):
        readers.visits.begin(link, now=readers.clock())
    with pytest.raises(NotLetIn):
        readers.visits.register(session, {}, now=readers.clock())


@pytest.mark.parametrize("forged", ["", "x", "0" * 32, "' or 1=1 --"])
def test_a_forged_secret_opens_nothing(readers: Readers, forged: str) -> None:
    readers.enter(TOM)

    assert readers.visits.whose_link(forged, now=readers.clock()) == ""
    for asked in (
        lambda: readers.visits.begin(forged, now=readers.clock()),
        lambda: readers.visits.register(forged, {}, now=readers.clock()),
        lambda: readers.visits.site(forged, readers.site, now=readers.clock()),
        lambda: readers.visits.export(forged, {}, now=readers.clock()),
    ):
        with pytest.raises(NotLetIn):
            asked()
