"""Fine-tune the encoder: one body, and a head for each thing that is read from a message."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from policy_kb.heads import broad_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SEED = 7
ROUNDS = 3
AT_ONCE = 32  # lessons
CHUNK = 50 * AT_ONCE  # lessons that are sorted by length together, so that little is filled up
BODY_RATE, HEAD_RATE = 8e-5, 2e-3
WARM_UP = 0.1  # of all steps
DOUBT = 0.1  # of what is wanted, spread over all labels
DROPPED = 0.1  # of a meaning, at random, lest a head lean on a single number
LONG = 8.0  # a meaning has length 1; heads see it this much longer
TOLD_EACH = 100  # steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A text, cut into pieces, and what each head should make of it."""

    rows: Sequence[int]
    wanted: Mapping[str, Mapping[str, float]]  # by head: labels, and shares that add up to 1; absent: nobody knows


class Net(nn.Module):  # type: ignore[misc]  # torch is not there when types are checked
    """The body with its heads."""

    def __init__(self, body: Any, heads: Mapping[str, tuple[str, ...]]) -> None:  # noqa: ANN401 - torch has no types here
        super().__init__()
        width = body.config.hidden_size
        self.body = body
        self.labels = heads
        self.heads = nn.ModuleDict({name: nn.Linear(width, len(labels)) for name, labels in heads.items()})
        self.drop = nn.Dropout(DROPPED)

    def loss(self, lessons: Sequence[Lesson], weights: Mapping[str, float]) -> Any:  # noqa: ANN401 - torch has no types here
        """Return how far the heads are from what is wanted, each by its weight."""
        given = LONG * self.drop(meanings(self.body, lessons))
        total = torch.zeros(())
        for name, labels in self.labels.items():
            known = [at for at, lesson in enumerate(lessons) if name in lesson.wanted]
            if known:
                wanted = torch.tensor([_spread(lessons[at].wanted[name], labels) for at in known])
                likely = self.heads[name](given[known]).log_softmax(1)
                total = total - weights[name] * (wanted * likely).sum(1).mean()
        return total


def meanings(body: Any, lessons: Sequence[Lesson]) -> Any:  # noqa: ANN401 - torch has no types here
    """Return one row of length 1 for each lesson."""
    longest = max(len(lesson.rows) for lesson in lessons)
    rows = torch.tensor([[*lesson.rows, *[0] * (longest - len(lesson.rows))] for lesson in lessons])
    there = torch.tensor([[1] * len(one.rows) + [0] * (longest - len(one.rows)) for one in lessons])
    hidden = body(input_ids=rows, attention_mask=there).last_hidden_state
    mean = (hidden * there[:, :, None]).sum(1) / there.sum(1, keepdim=True)
    return nn.functional.normalize(mean, dim=1)


def untaught_meanings(body: Any, lessons: Sequence[Lesson]) -> Any:  # noqa: ANN401 - torch has no types here
    """Return what the body makes of each lesson before it is taught, one row each, as numpy has them."""
    body.eval()
    with torch.no_grad():
        rows = [meanings(body, lessons[at : at + AT_ONCE]) for at in range(0, len(lessons), AT_ONCE)]
    return torch.cat(rows).numpy()


def fit_encoder(
    body: Any,  # noqa: ANN401 - torch has no types here
    heads: Mapping[str, tuple[str, ...]],
    weights: Mapping[str, float],
    lessons: Sequence[Lesson],
) -> Net:
    """Teach the body and new heads; the same lessons give the same net on the same machine."""
    torch.manual_seed(SEED)
    net = Net(body, heads)
    steps = ROUNDS * len(list(_batches(lessons, 0)))
    rates = [BODY_RATE, HEAD_RATE]
    groups = [{"params": net.body.parameters()}, {"params": net.heads.parameters()}]
    optimiser = torch.optim.AdamW(groups, lr=BODY_RATE, weight_decay=0.01)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, rates, total_steps=steps, pct_start=WARM_UP)
    net.train()
    begun, step = time.monotonic(), 0
    for turn in range(ROUNDS):
        for batch in _batches(lessons, turn):
            optimiser.zero_grad()
            loss = net.loss(batch, weights)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            rate.step()
            step += 1
            if step % TOLD_EACH == 0:
                print(f"  step {step} of {steps}: loss {loss.item():.2f}, {time.monotonic() - begun:.0f} s", flush=True)
    net.eval()
    return net


def _batches(lessons: Sequence[Lesson], turn: int) -> Iterator[list[Lesson]]:
    """Yield all lessons in an order of their own each turn, those of a like length together."""
    dice = random.Random(100 * SEED + turn)  # noqa: S311 - an order, not a secret
    mixed = list(lessons)
    dice.shuffle(mixed)
    chunks = [sorted(mixed[at : at + CHUNK], key=lambda one: len(one.rows)) for at in range(0, len(mixed), CHUNK)]
    batches = [chunk[at : at + AT_ONCE] for chunk in chunks for at in range(0, len(chunk), AT_ONCE)]
    dice.shuffle(batches)
    yield from batches


def _spread(wanted: Mapping[str, float], labels: tuple[str, ...]) -> list[float]:
    """Return what is wanted of each label, a little of it spread over all; the kinds of a broad one share its part."""
    kinds = Counter(map(broad_label, labels))
    return [(1 - DOUBT) * wanted.get(label, 0.0) + DOUBT / len(kinds) / kinds[broad_label(label)] for label in labels]
