"""An answer as plain data, so that it can be kept, shared and followed up without a word of the question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from policy_kb.answer import Reply, Talk
from policy_kb.decide import Answer, Choice
from policy_kb.follow_up import Topic
from policy_kb.frame import Frame, Slot
from policy_kb.toml_entries import parse_ref
from policy_kb.words import Tier, Verdict

if TYPE_CHECKING:
    from policy_kb.clause import ClauseRef

Facts: TypeAlias = dict[str, Any]


def to_facts(reply: Reply) -> Facts:
    """Return a reply as JSON data: references, verdicts and slots, never what was typed."""
    return {
        "talk": reply.talk.value,
        "urgent": reply.urgent,
        "answers": [_answer(answer) for answer in reply.answers],
        "topic": _topic(reply.topic) if reply.topic else None,
    }


def from_facts(facts: Facts) -> Reply:
    """Return the reply that `to_facts` turned into data."""
    topic = facts["topic"]
    return Reply(
        talk=Talk(facts["talk"]),
        urgent=facts["urgent"],
        answers=tuple(_read_answer(answer) for answer in facts["answers"]),
        topic=_read_topic(topic) if topic else None,
    )


def _answer(answer: Answer) -> Facts:
    return {
        "verdict": answer.verdict.value,
        "tier": answer.tier.value,
        "clauses": [str(ref) for ref in answer.clauses],
        "near": [str(ref) for ref in answer.near],
        "case": answer.case,
        "reviewed": answer.reviewed.value if answer.reviewed else "",
        "asks": answer.asks,
        "choices": [
            {"label": choice.label, "value": choice.value, "answer": _answer(choice.answer)}
            for choice in answer.choices
        ],
    }


def _read_answer(facts: Facts) -> Answer:
    reviewed = facts.get("reviewed", "")  # answers kept by an earlier version have none
    return Answer(
        verdict=Verdict(facts["verdict"]),
        tier=Tier(facts["tier"]),
        clauses=tuple(parse_ref(text) for text in facts["clauses"]),
        near=tuple(parse_ref(text) for text in facts["near"]),
        case=facts["case"],
        reviewed=Verdict(reviewed) if reviewed else None,
        asks=facts["asks"],
        choices=tuple(
            Choice(label=choice["label"], value=choice["value"], answer=_read_answer(choice["answer"]))
            for choice in facts["choices"]
        ),
    )


def _topic(topic: Topic) -> Facts:
    return {
        "frame": {slot.value: sorted(values) for slot, values in topic.frame.values.items()},
        "lead": str(topic.lead) if topic.lead else "",
    }


def _read_topic(facts: Facts) -> Topic:
    lead: ClauseRef | None = parse_ref(facts["lead"]) if facts["lead"] else None
    return Topic(
        frame=Frame({Slot(slot): frozenset(values) for slot, values in facts["frame"].items()}),
        lead=lead,
    )
