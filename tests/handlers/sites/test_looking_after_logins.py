"""Once a term everybody says that their login is their own; who says it is not is helped."""

from __future__ import annotations

from datetime import date

from handlers.message import plain_text
from policy_kb.bot_words import Action
from tests.handlers.cover.rota_office import (
    AISHA,
    GRACE,
    LUCY,
    PRIYA,
    TOM,
    Rota,
)
from tests.handlers.requests.office import everything
from tests.handlers.sites.people_office import (
    audited,
    end_parts,
    the_site,
)


def test_a_login_is_said_once_more_to_be_ones_own(rota: Rota) -> None:
    (said,) = rota.press(TOM, Action.ATTEST, str(rota.site))

    assert "You said so again on 29 November 2026." in plain_text(said)
    (member,) = [one for one in the_site(rota).members if one.person == "tom-example"]
    assert member.attested_on == date(2026, 11, 29)
    assert audited(rota)[-1] == ("attested", "A.3.2")


def test_whoever_says_that_their_login_is_not_their_own_is_helped_and_the_administrators_are_told_once(
    rota: Rota,
) -> None:
    (said,) = rota.press(TOM, Action.ATTEST, f"{rota.site}:no")
    rota.press(TOM, Action.ATTEST, f"{rota.site}:no")

    assert said.title.startswith("Thank you. The administrators of Netball Instagram know")
    assert "please never send me one" in plain_text(said)
    for who in (PRIYA, AISHA):
        (told,) = rota.inbox(who)
        assert told.title == "Tom Example's login to Netball Instagram is not their own any more (A.3.2)."
        assert "Never send me a password" in plain_text(told)
    assert audited(rota)[-1] == ("attested", "A.3.2")
    (again,) = rota.push(TOM, said, "It is my own again")
    assert "You said so again" in plain_text(again)


def test_the_only_administrator_whose_login_is_shared_is_told_of_to_author_and_head(rota: Rota) -> None:
    end_parts(rota, AISHA)

    rota.press(PRIYA, Action.ATTEST, f"{rota.site}:no")

    assert ["login" in everything(rota.inbox(who)) for who in (AISHA, GRACE)] == [True, True]


def test_somebody_who_has_no_part_attests_nothing(rota: Rota) -> None:
    before = audited(rota)

    (said,) = rota.press(LUCY, Action.ATTEST, str(rota.site))
    (no,) = rota.press(LUCY, Action.ATTEST, f"{rota.site}:no")

    assert said.title == no.title == "You are not down for Netball Instagram."
    assert audited(rota) == before
