"""A site is judged by the aims it had, said to be still needed, and found where its address says."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.site_words import SiteState
from tests.handlers.cover.rota_office import AISHA, CALLUM, GRACE, PRIYA, Rota
from tests.handlers.requests.office import everything
from tests.handlers.sites.life_office import answer_all, verbs_of
from tests.handlers.sites.people_office import change, move, the_site

TODAY = date(2026, 11, 29)


def test_the_form_quotes_the_aims_and_how_they_were_to_be_judged(rota: Rota) -> None:
    change(rota, aims="More families at matches.", success="We count them.")

    (form,) = rota.press(PRIYA, Action.EVALUATE_SITE, str(rota.site))

    assert form.title == "How far has Netball Instagram reached its aims?"
    assert "Its aims were: More families at matches." in plain_text(form)
    assert "To be judged by: We count them." in plain_text(form)
    assert "A.1.7" in plain_text(form)


def test_an_evaluation_is_kept_once_and_moves_the_next_one_on_a_year(rota: Rota) -> None:
    change(rota, evaluate_on=date(2026, 11, 1))
    (form,) = rota.press(PRIYA, Action.EVALUATE_SITE, str(rota.site))

    for _ in range(2):
        (card,) = rota.push(PRIYA, form, "Keep this", reached="partly", words="Twice as many came.")

    assert card.title == "Kept: how far Netball Instagram reached its aims. Thank you."
    with rota.database.begin() as uow:
        found = uow.sites.evaluations(rota.site)
    assert [(one.reached, one.words, one.by) for one in found] == [
        ("partly", "Twice as many came.", rota.person(PRIYA).id)
    ]
    assert the_site(rota).evaluate_on == date(2027, 11, 29)
    assert verbs_of(rota, rota.site).count("evaluated") == 1


def test_a_site_that_closes_before_is_not_judged_again(rota: Rota) -> None:
    change(rota, evaluate_on=date(2026, 11, 1), closure=date(2027, 7, 21))

    rota.press(GRACE, Action.EVALUATE_SITE, str(rota.site), {"reached": ("fully",), "words": ("It worked.",)})

    assert the_site(rota).evaluate_on is None


@pytest.mark.parametrize(
    "values",
    [
        {"reached": ("partly",), "words": (" ",)},
        {"reached": (), "words": ("It worked.",)},
        {"reached": ("a lot",), "words": ("It worked.",)},
        {"reached": ("partly",), "words": ("x" * 4001,)},
    ],
)
def test_an_evaluation_that_is_not_whole_is_not_kept(rota: Rota, values: dict[str, tuple[str, ...]]) -> None:
    assert "Choose how far" in everything(rota.press(PRIYA, Action.EVALUATE_SITE, str(rota.site), values))

    with rota.database.begin() as uow:
        assert uow.sites.evaluations(rota.site) == ()


def test_no_word_of_an_evaluation_stands_in_the_audit(rota: Rota) -> None:
    said = {"reached": ("not",), "words": ("Nobody from Maple Street came.",)}
    rota.press(PRIYA, Action.EVALUATE_SITE, str(rota.site), said)

    with rota.database.begin() as uow:
        assert "Maple" not in repr(tuple(uow.audit.everything()))


def test_a_site_is_live_again_only_once_nothing_is_due(rota: Rota) -> None:
    move(rota, SiteState.REVIEW_DUE)
    change(rota, live_on=date(2026, 9, 7), evaluate_on=TODAY, review_on=TODAY)

    answer_all(rota, the_site(rota), "health")
    rota.press(PRIYA, Action.EVALUATE_SITE, str(rota.site), {"reached": ("fully",), "words": ("It worked.",)})
    assert the_site(rota).state is SiteState.REVIEW_DUE
    rota.press(PRIYA, Action.STILL_NEEDED, str(rota.site))

    site = the_site(rota)
    assert (site.state, site.review_on, site.active_on) == (SiteState.LIVE, date(2027, 11, 29), TODAY)


def test_still_needed_pressed_twice_is_written_down_once(rota: Rota) -> None:
    for _ in range(2):
        (card,) = rota.press(PRIYA, Action.STILL_NEEDED, str(rota.site))

    assert card.title == "Kept: Netball Instagram is still needed. Thank you."
    assert verbs_of(rota, rota.site).count("checked") == 1
    assert the_site(rota).active_on == TODAY


def test_a_moderator_judges_nothing(rota: Rota) -> None:
    for action in (Action.EVALUATE_SITE, Action.STILL_NEEDED, Action.SITE_ADDRESS):
        assert "those who answer for the site" in everything(rota.press(CALLUM, action, str(rota.site)))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://www.instagram.example/elm.netball", "https://www.instagram.example/elm.netball"),
        (" www.instagram.example/elm ", "https://www.instagram.example/elm"),
        ("instagram.example/elm?x=1#top", "https://instagram.example/elm?x=1#top"),
    ],
)
def test_an_address_is_kept_with_https(rota: Rota, typed: str, kept: str) -> None:
    (form,) = rota.press(AISHA, Action.SITE_ADDRESS, str(rota.site))
    (card,) = rota.push(AISHA, form, "Keep this", address=typed)

    assert the_site(rota).address == kept
    assert card.title == f"Netball Instagram: its address is now {kept}."
    assert f"Where: Instagram, {kept}" in plain_text(card)
    (again,) = rota.press(AISHA, Action.SITE_ADDRESS, str(rota.site))
    assert [one.filled for one in again.fields] == [(kept,)]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "http://www.instagram.example/elm",
        "javascript:alert(1)",
        "https://localhost/elm",
        "https://user:secret@instagram.example/",
        "https://instagram.example/elm netball",
        "our page",
        "https://instagram.example/" + "x" * 300,
        "https://10.0.0.1/",
    ],
)
def test_what_is_no_address_is_not_kept(rota: Rota, typed: str) -> None:
    text = everything(rota.press(AISHA, Action.SITE_ADDRESS, str(rota.site), {"address": (typed,)}))

    assert "no address I can keep" in text
    assert the_site(rota).address == ""
