"""One turn: kept whole or not at all, repeatable, and said to the person who asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from handlers.message import ClauseQuote, Note, plain_text
from handlers.outgoing import Outgoings
from handlers.turn import Named, Turns
from policy_kb.words import Channel, ItemId
from storage.database import Database
from storage.editions import OfficialItem
from tests.builders import a_conversation, a_press, a_text, an_actor, an_installation
from tests.stage import Talk, button
from tests.storage.builders import ENTRY

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.message import Message
    from tests.fakes import FakeClock
    from tests.stage import DatabaseFile

PARENT = "Can I friend a parent on Facebook?"
LOGO = "Can I put the school logo on my LinkedIn?"
STAFF_ROOM = a_conversation("C-staff", private=False)


def test_not_a_word_of_a_question_is_anywhere_in_the_database(talk: Talk, database_file: DatabaseFile) -> None:
    typed = "Can I friend Persephone Quillfeather, a parent, on Facebook? Her number is 07700 900461."
    answer = talk.reply(a_text(typed))
    talk.take(a_text("and on Twitter, where she is Quillfeather too?", reply_to="D-priya"))
    talk.take(a_press(button(answer, "Helpful")))

    stored = database_file.bytes()

    assert button(answer, "Helpful").about.encode() in stored
    for word in ("Persephone", "Quillfeather", "07700", "900461", "Twitter"):
        for encoding in ("utf-8", "utf-16-le"):
            assert word.casefold().encode(encoding) not in stored.lower()


def test_a_repeated_delivery_gets_the_same_message_and_changes_nothing(talk: Talk, database_file: DatabaseFile) -> None:
    question = a_text(PARENT)
    first = talk.take(question)
    talk.clock.advance(minutes=3)

    again = talk.take(question)

    assert again == first
    assert database_file.rows("answers") == 1


def test_a_repeated_delivery_gets_the_same_message_after_the_bot_was_restarted(
    talk: Talk, database: Database, database_file: DatabaseFile, desk: Desk
) -> None:
    question = a_text(PARENT)
    first = talk.take(question)
    database.close()

    reopened = Database(database_file.url)
    again = Turns(reopened, desk).take(question, None, now=talk.clock())
    reopened.close()

    assert again == first
    assert database_file.rows("answers") == 1


def test_a_button_pressed_twice_by_one_delivery_is_pressed_once(talk: Talk, database_file: DatabaseFile) -> None:
    press = a_press(button(talk.reply(a_text(PARENT)), "Helpful"))

    first, again = talk.take(press), talk.take(press)

    assert again == first
    assert database_file.rows("inbox") == 2


def test_the_same_event_id_in_another_workspace_is_another_event(talk: Talk, database_file: DatabaseFile) -> None:
    talk.take(a_text(PARENT, event_id="Ev-same"))
    talk.take(a_text(PARENT, event_id="Ev-same", actor=an_actor(tenant="T2")))

    assert database_file.rows("answers") == 2


def test_a_reply_that_is_sent_later_waits_in_the_outbox_and_is_put_into_words_then(
    talk: Talk, database: Database, desk: Desk
) -> None:
    inline = talk.reply(a_text(PARENT))

    returned = talk.take(a_text(PARENT, reply_to='{"channel": "D-priya"}'))
    (waiting,) = Outgoings(database, desk).claim(now=talk.clock())

    assert returned == ()
    assert waiting.row.address == '{"channel": "D-priya"}'
    assert waiting.row.channel is Channel.SLACK
    assert _without_ids(waiting.message) == _without_ids(inline)


def test_a_repeated_delivery_is_not_queued_a_second_time(talk: Talk, database_file: DatabaseFile) -> None:
    question = a_text(PARENT, reply_to="D-priya")

    talk.take(question)
    talk.take(question)

    assert database_file.rows("outbox") == 1


def test_a_turn_that_fails_keeps_nothing_at_all(
    database: Database, database_file: DatabaseFile, desk: Desk, clock: FakeClock
) -> None:
    class Broken(Turns):
        def _says(self, *arguments: object, **named: object) -> tuple[()]:
            super()._says(*arguments, **named)  # type: ignore[arg-type]  # handed on as they came
            raise RuntimeError("after everything was written")

    with pytest.raises(RuntimeError):
        Broken(database, desk).take(a_text(PARENT, reply_to="D-priya"), Named(), now=clock())

    tables = ("inbox", "answers", "outbox", "chat_identities")
    assert {table: database_file.rows(table) for table in tables} == dict.fromkeys(tables, 0)


def test_somebody_who_meets_the_bot_is_welcomed_and_told_what_is_kept(talk: Talk) -> None:
    welcome = talk.reply(an_installation())

    assert welcome.title.startswith("Hello.")
    assert "Questions you type are not stored" in plain_text(welcome)


@pytest.mark.usefixtures("sample_trust")
def test_somebody_the_bot_does_not_know_is_called_nothing(talk: Talk, database: Database) -> None:
    answer = talk.reply(a_text(LOGO, conversation=STAFF_ROOM), Named(email="stranger@elsewhere.example"))

    shared = talk.reply(a_press(button(answer, "Share here"), conversation=STAFF_ROOM))

    said = plain_text(answer) + plain_text(shared)
    with database.begin() as uow:
        everyone = uow.people.everyone()
    assert "Shared by someone in this conversation." in said
    assert [person.name for person in everyone if person.name in said] == []
    assert "in a nursery" not in said


@pytest.mark.usefixtures("sample_trust")
def test_somebody_on_the_staff_list_shares_under_their_own_name(talk: Talk) -> None:
    answer = talk.reply(a_text(LOGO, conversation=STAFF_ROOM), Named(email="Priya.Sample@Elm-Academy.example"))

    shared = talk.reply(a_press(button(answer, "Share here"), conversation=STAFF_ROOM))

    assert Note(text="Shared by Priya Sample.") in shared.blocks


@pytest.mark.usefixtures("sample_trust")
def test_nursery_staff_see_the_nursery_manager_beside_the_headteacher(talk: Talk) -> None:
    answer = talk.reply(a_text(LOGO), Named(email="ellie.sample@little-acorns.example"))

    decides = "Who decides: Fatima Sample, Headteacher/Principal (in a nursery: the Nursery Manager, 2.2)"
    assert decides in plain_text(answer)


@pytest.mark.usefixtures("sample_trust")
def test_nursery_staff_see_it_in_a_reply_that_is_sent_later_too(talk: Talk, database: Database, desk: Desk) -> None:
    talk.take(a_text(LOGO, reply_to="D-ellie"), Named(email="ellie.sample@little-acorns.example"))

    (waiting,) = Outgoings(database, desk).claim(now=talk.clock())

    assert "in a nursery: the Nursery Manager" in plain_text(waiting.message)


@pytest.mark.usefixtures("sample_trust")
def test_a_directory_id_says_who_somebody_is_before_an_address_does(talk: Talk, database: Database) -> None:
    actor = an_actor(directory_id="entra-priya")
    with database.begin() as uow:
        priya = uow.people.find_by_email("priya.sample@elm-academy.example")
        assert priya is not None
        uow.people.add_person(replace(priya, directory_id="entra-priya"), entry=ENTRY)

    talk.take(a_text(PARENT, actor=actor), Named(email="tom.example@elm-academy.example"))

    with database.begin() as uow:
        known = uow.identities.find(actor.channel, actor.tenant, actor.user)
    assert known is not None
    assert known.person_id == priya.id


def test_an_official_document_imported_mid_way_is_quoted_word_for_word_from_the_next_answer_on(
    talk: Talk, database: Database
) -> None:
    printed = "Colleagues shall keep well clear of “families” — whoever asks; see 4.9 & 5.3."
    before = _quoted(talk.reply(a_text(PARENT)), "5.4")

    with database.begin() as uow:
        uow.editions.import_edition(
            source_name="policy.txt",
            sha256="0" * 64,
            items=[OfficialItem(id=ItemId("5.4"), words=printed)],
            entry=ENTRY,
        )
    answer = talk.reply(a_text(PARENT))

    assert not before.official
    assert _quoted(answer, "5.4").words == printed
    assert _quoted(answer, "5.4").official
    assert not _quoted(answer, "5.3(a)").official
    assert "Word for word" in plain_text(answer)


@pytest.mark.usefixtures("sample_trust")
def test_an_address_that_was_somebody_else_s_before_does_not_make_one_out_to_be_them(
    talk: Talk, database: Database
) -> None:
    with database.begin() as uow:
        priya = uow.people.find_by_email("priya.sample@elm-academy.example")
        assert priya is not None
        uow.people.add_person(replace(priya, directory_id="entra-priya"), entry=ENTRY)
    newcomer = an_actor(directory_id="entra-newcomer")

    talk.take(a_text(PARENT, actor=newcomer), Named(email="priya.sample@elm-academy.example"))

    with database.begin() as uow:
        known = uow.identities.find(newcomer.channel, newcomer.tenant, newcomer.user)
    assert known is not None
    assert known.person_id is None


@pytest.mark.usefixtures("sample_trust")
def test_where_somebody_of_the_staff_last_spoke_in_private_is_where_they_can_be_told_something(
    talk: Talk, database: Database
) -> None:
    me = Named(email="priya.sample@elm-academy.example")

    talk.take(a_text(PARENT, reply_to="at home"), me)
    talk.take(a_text(PARENT, conversation=STAFF_ROOM, reply_to="in the staff room"))
    talk.take(a_text(PARENT, conversation=a_conversation(thread="1.2"), reply_to="in a thread"))
    talk.take(a_text(PARENT, conversation=replace(a_conversation(), lasting=False), reply_to="at a command"))
    talk.take(a_press(reply_to="at a button"))
    talk.take(a_text(PARENT, actor=an_actor("U-nobody"), reply_to="elsewhere"))

    with database.begin() as uow:
        everywhere = [one.address for person in uow.people.everyone() for one in uow.chat_addresses.of(person.id)]
    assert everywhere == ["at home"]


@pytest.mark.usefixtures("sample_trust")
@pytest.mark.parametrize(("email", "is_staff"), [("owen", False), ("farah", False), ("grace", True)])
def test_whoever_has_left_or_is_still_to_come_is_nobody_of_the_staff(
    talk: Talk, database: Database, email: str, is_staff: bool
) -> None:
    with database.begin() as uow:
        (person,) = (one for one in uow.people.everyone() if one.name.lower().startswith(email))
    talk.clock.instant = datetime(2026, 11, 24, 9, tzinfo=UTC)

    answer = talk.reply(a_text(LOGO, conversation=STAFF_ROOM), Named(email=person.email))
    shared = talk.reply(a_press(button(answer, "Share here"), conversation=STAFF_ROOM))

    assert (f"Shared by {person.name}." in plain_text(shared)) is is_staff


def _quoted(message: Message, number: str) -> ClauseQuote:
    (quote,) = (block for block in message.blocks if isinstance(block, ClauseQuote) and block.number == number)
    return quote


def _without_ids(message: Message) -> tuple[str, list[str]]:
    return plain_text(message), [one.label for one in message.buttons]
