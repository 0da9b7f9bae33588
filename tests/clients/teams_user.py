"""A person at Teams: says things, presses the buttons that are really there, sees what Teams would show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.clients.teams_peer import CARD, TeamsPeer, card_of, own_chat
from tests.contracts.adaptive_cards import elements_of, faults_of
from tests.contracts.adaptive_inputs import chosen, is_input, sent_with

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.clients.teams_peer import Talk

MESSAGE = "application/vnd.microsoft.activity.message"


class User:
    """Keeps the person's own view: a card may have changed for them before it changes for all."""

    def __init__(self, teams: TeamsPeer, name: str, *, installed: bool = True) -> None:
        self.teams = teams
        self.name = name
        self.id = f"29:{name.lower()}"
        self.directory_id = f"dddddddd-0000-0000-0000-{sum(name.encode()):012d}"
        self.own = teams.talk(own_chat(self.id), "personal")
        self.toasts: list[str] = []
        self._changed_for_me: dict[int, dict[str, Any]] = {}  # by the activity as it was when pressed
        self._kept: list[dict[str, Any]] = []  # so that no other activity ever gets the same identity
        address = f"{name.lower()}@oakfield.example"
        teams.members[self.id] = {"id": self.id, "name": name, "email": address, "userPrincipalName": address}
        if installed:
            teams.installed_for.add(self.id)

    async def install(self) -> list[int]:
        """Add the app: Teams tells the bot twice."""
        self.teams.installed_for.add(self.id)
        told = (
            {"type": "installationUpdate", "action": "add"},
            {"type": "conversationUpdate", "membersAdded": [{"id": self.teams.bot}, {"id": self.id}]},
        )
        return [(await self.teams.deliver(self.activity(self.own, **more)))[0] for more in told]

    async def say(self, text: str, **more: object) -> int:
        """Type to the bot in one's own chat; return the HTTP status Teams got."""
        status, _ = await self.teams.deliver(self.activity(self.own, type="message", text=text, **more))
        return status

    async def mention(self, talk: Talk, text: str, **more: object) -> int:
        """Type in a group chat or a channel, to the bot."""
        written = "<at>Ask First</at>"
        mention = {
            "type": "mention",
            "text": written,
            "mentioned": {"id": self.teams.bot, "name": "Ask First"},
        }
        activity = self.activity(talk, type="message", text=f"{written} {text}", entities=[mention], **more)
        status, _ = await self.teams.deliver(activity)
        return status

    async def press(
        self,
        label: str,
        talk: Talk | None = None,
        *,
        fills: Mapping[str, str | tuple[str, ...]] | None = None,
        **more: object,
    ) -> dict[str, Any]:
        """
        Press a button of the latest card that has it, in one's own chat or another.

        `fills` says what to fill in first, by its label: a text, or the titles to choose.

        Returns the body of the answer, after it was shown.
        Fails where no such button is there, or where Teams would show an error.
        """
        where = talk or self.own
        activity, card, button = self._find(label, where)
        sent = {key: button[key] for key in ("type", "title", "verb")}
        value = {"action": {**sent, "data": filled_in(card, button, fills or {})}, "trigger": "manual"}
        invoke = self.activity(
            where,
            type="invoke",
            name="adaptiveCard/action",
            value=value,
            replyToId=activity["id"],
            **more,
        )
        status, body = await self.teams.deliver(invoke)
        assert status == 200, f"Teams shows an error: HTTP {status}"
        assert body is not None, "Teams shows an error: no body"
        self._show(activity, body)
        return body

    def sees(self, talk: Talk | None = None) -> list[dict[str, Any]]:
        """Return the cards as this person sees them now, oldest first."""
        return [card for _, card in self._cards(talk or self.own)]

    def reads(self, talk: Talk | None = None) -> str:
        """Return everything on the cards that this person sees."""
        return "\n".join(words_on(card) for card in self.sees(talk))

    def activity(self, talk: Talk, **more: object) -> dict[str, Any]:
        """Return an activity of this person in a conversation, as Teams writes it."""
        return {
            "id": f"act-{uuid4().hex[:12]}",
            "timestamp": "2026-11-24T10:00:00.000Z",
            "channelId": "msteams",
            "serviceUrl": self.teams.service_url,
            "from": {"id": self.id, "name": self.name, "aadObjectId": self.directory_id},
            "recipient": {"id": self.teams.bot, "name": "Ask First"},
            "conversation": {
                "id": talk.id,
                "conversationType": talk.kind,
                "tenantId": self.teams.tenant,
                **({"isGroup": True} if talk.kind != "personal" else {}),
            },
            "channelData": {"tenant": {"id": self.teams.tenant}},
            "textFormat": "plain",
            "locale": "en-GB",
            **more,
        }

    def _find(self, label: str, talk: Talk) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        for activity, card in reversed(self._cards(talk)):
            for element in elements_of(card):
                if element["type"] == "Action.Execute" and element["title"] == label:
                    return activity, card, element
        raise AssertionError(f"{self.name} sees no button '{label}'")

    def _cards(self, talk: Talk) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        seen = ((said, self._changed_for_me.get(id(said), card_of(said))) for said in talk.said)
        return [(activity, card) for activity, card in seen if card is not None]

    def _show(self, pressed: dict[str, Any], body: dict[str, Any]) -> None:
        assert set(body) == {"statusCode", "type", "value"}, f"Teams cannot read {sorted(body)}"
        assert body["statusCode"] == 200, f"Teams shows an error: {body['value']}"
        if body["type"] == CARD:
            faults = faults_of(body["value"])
            assert not faults, "\n".join(faults)
            self._changed_for_me[id(pressed)] = body["value"]
            self._kept.append(pressed)
            return
        assert body["type"] == MESSAGE, f"Teams does not know {body['type']}"
        assert isinstance(body["value"], str), "a short text that is no text"
        assert body["value"], "a short text that says nothing"
        self.toasts.append(body["value"])


def filled_in(
    card: dict[str, Any], button: dict[str, Any], fills: Mapping[str, str | tuple[str, ...]]
) -> dict[str, Any]:
    """Return the data of a pressed button, once a person has filled in a card; fails where there is no such label."""
    inputs = {element["label"]: element for element in elements_of(card) if is_input(element)}
    typed = {
        inputs[label]["id"]: text if isinstance(text, str) else chosen(inputs[label], text)
        for label, text in fills.items()
    }
    return sent_with(inputs.values(), button, typed)


def words_on(card: dict[str, Any]) -> str:
    """Return what stands on a card, a line for each block of text."""
    return "\n".join(
        "".join(run["text"] for run in element["inlines"])
        for element in elements_of(card)
        if element["type"] == "RichTextBlock"
    )
