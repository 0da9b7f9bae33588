"""What others did, told to whoever opens a page: their own news and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sample import load_sample_trust
from handlers.outgoing import Outgoings
from handlers.turn import Named
from policy_kb.bot_words import SayKind
from policy_kb.words import Channel, PersonId
from storage.says import SayFacts
from tests.builders import a_conversation, an_actor, an_installation

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.inbound import Actor
    from storage.database import Database
    from tests.stage import DatabaseFile, Talk

PRIYA, GRACE, VISITOR = "priya-sample", "grace-sample", "visitor"


PAGE = a_conversation("page", channel=Channel.WEB, tenant="local")


@pytest.fixture(autouse=True)
def _pages_opened(database: Database, talk: Talk) -> None:
    with database.begin() as uow:
        load_sample_trust(uow)
    for user, email in ((PRIYA, "priya.sample@elm-academy.example"), (GRACE, "grace.sample@elm-academy.example")):
        talk.take(an_installation(actor=on_the_page(user), conversation=PAGE), Named(email=email))
    talk.take(an_installation(actor=on_the_page(VISITOR), conversation=PAGE), Named())


@pytest.fixture
def outgoings(database: Database, desk: Desk) -> Outgoings:
    return Outgoings(database, desk)


def on_the_page(user: str) -> Actor:
    return an_actor(user, channel=Channel.WEB, tenant="local")


def send(talk: Talk, database: Database, outgoings: Outgoings, user: str, say: SayFacts, to: str = "") -> None:
    """Queue something for a page and send it."""
    with database.begin() as uow:
        uow.outbox.put(say, Channel.WEB, user, to=PersonId(to or user), due_at=talk.clock(), now=talk.clock())
    for outgoing in outgoings.claim(now=talk.clock()):
        outgoings.sent(outgoing, now=talk.clock())


def titles(talk: Talk, user: str, after: int = 0) -> list[str]:
    return [message.title for _, message in talk.turns.news(on_the_page(user), after=after, now=talk.clock())]


def test_everybody_reads_their_own_news_and_nobody_elses(talk: Talk, database: Database, outgoings: Outgoings) -> None:
    send(talk, database, outgoings, PRIYA, SayFacts(kind=SayKind.SMALL_TALK))
    send(talk, database, outgoings, GRACE, SayFacts(kind=SayKind.NOTHING_ASKED))
    send(talk, database, outgoings, GRACE, SayFacts(kind=SayKind.HELP), to=PRIYA)

    assert [len(titles(talk, user)) for user in (PRIYA, GRACE, VISITOR, "somebody else")] == [1, 1, 0, 0]
    assert titles(talk, PRIYA) != titles(talk, GRACE)


def test_what_was_seen_is_not_told_again(talk: Talk, database: Database, outgoings: Outgoings) -> None:
    send(talk, database, outgoings, PRIYA, SayFacts(kind=SayKind.SMALL_TALK))
    ((seen, _),) = talk.turns.news(on_the_page(PRIYA), after=0, now=talk.clock())
    send(talk, database, outgoings, PRIYA, SayFacts(kind=SayKind.HELP))

    assert len(titles(talk, PRIYA)) == 2
    assert len(titles(talk, PRIYA, after=seen)) == 1


def test_news_that_tells_of_something_gone_holds_up_no_other(
    talk: Talk, database: Database, database_file: DatabaseFile, outgoings: Outgoings
) -> None:
    send(talk, database, outgoings, PRIYA, SayFacts(kind=SayKind.SMALL_TALK))
    send(talk, database, outgoings, PRIYA, SayFacts(kind=SayKind.HELP))
    database_file.run("UPDATE outbox SET audience = 'of another version' WHERE kind = 'small_talk'")

    assert len(titles(talk, PRIYA)) == 1
