"""The whole answerer at work in a process of its own: `tests.bench.answers` starts it."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

from policy_kb.answer import Answerer
from policy_kb.models import Models
from policy_kb.view import load_view
from tests.bench.alone import resident_mb

if TYPE_CHECKING:
    from policy_kb.answer import Reply


def main() -> None:
    """Read the job, answer, and write down what was said and what it took."""
    job = json.load(sys.stdin)
    began = time.perf_counter()
    answerer = Answerer(load_view(), Models.load())
    ready = 1000 * (time.perf_counter() - began)
    said = [_answered(answerer, row) for row in job["rows"]]
    resident = resident_mb()
    urgent = [answerer.reply(text).urgent for text in job["texts"]]
    json.dump({"said": said, "urgent": urgent, "ready": ready, "resident": resident}, sys.stdout)


def _answered(answerer: Answerer, row: dict[str, Any]) -> dict[str, Any]:
    topic = None
    for before in row.get("context", []):
        topic = answerer.reply(before["q"], topic).topic
    asked = time.perf_counter()
    reply = answerer.reply(row["question"], topic)
    return {"ms": 1000 * (time.perf_counter() - asked), **_facts(reply)}


def _facts(reply: Reply) -> dict[str, Any]:
    verdict = reply.answers[0].verdict.value if reply.answers else "silent"
    tier = reply.answers[0].tier.value if reply.answers else "silent"
    # A two-part answer cites the lead of each part first.
    leads = [str(answer.clauses[0].id) for answer in reply.answers if answer.clauses]
    rest = [str(ref.id) for answer in reply.answers for ref in (*answer.clauses, *answer.near)]
    return {"verdict": verdict, "tier": tier, "urgent": reply.urgent, "clauses": list(dict.fromkeys(leads + rest))}


if __name__ == "__main__":
    main()
