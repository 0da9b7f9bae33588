"""The record of a request: the form in its own layout, who signed what by which right, and everything that happened."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from handlers.people_and_days import moment_in_words, name_of
from handlers.requests.happened import SAID, happened
from handlers.requests.matter import matter_of
from handlers.requests.shown import shown
from policy_kb.request_words import AnswerKind, RequestState, StepKind
from policy_kb.rules.deciding import flag_same_person

if TYPE_CHECKING:
    from policy_kb.request_words import QuestionKey, RequestId
    from policy_kb.rules.form import Answers, Form, Question, Section, Step
    from policy_kb.rules.request import Decision, RequestFacts
    from policy_kb.view import PolicyView
    from storage.unit_of_work import UnitOfWork

Record = dict[str, Any]

STANDING = {
    RequestState.DRAFT: "A draft: it was not sent yet",
    RequestState.SUBMITTED: "Waiting for decisions",
    RequestState.CHANGES_ASKED: "Changes are asked for",
    RequestState.APPROVED: "Approved",
    RequestState.LIVE: "Approved, and live",
    RequestState.DECLINED: "Declined",
    RequestState.WITHDRAWN: "Withdrawn by the requester",
    RequestState.CANCELLED: "Given up as a draft",
}
NOT_SENT = datetime(2000, 1, 1, tzinfo=UTC)  # the date a PDF carries of a request that nothing happened to yet
NOT_APPLICABLE = "Not applicable"
SIGNATURE = "Given in Ask First from their own signed-in account"
NOT_SIGNED = "Not signed"
NOT_RECORDED = "Not recorded"
ONE_SIGNS_TWICE = "{name} signed more than once, each time by an action of its own."
IN_THE_NAME_OF = "{requester} filled it in, in the name of {author}."


class NoSuchRequest(LookupError):  # noqa: N818 - the name is the sentence
    """There is no request of this number, or none whose form and route are still there."""

    def __init__(self, request_id: RequestId) -> None:
        super().__init__(f"There is no request R-{request_id}, or its form is not in use any more.")


def record_of(request_id: RequestId, view: PolicyView, uow: UnitOfWork) -> Record:
    """
    Return everything that stands on paper, as texts that JSON can hold; `handlers.paper` draws it.

    While nothing happens to the request, it is the same. `code` is made of all the rest, so that whoever
    has the paper can have it checked.

    Raises:
        NoSuchRequest: nobody ever made this request, or its form is gone.
    """
    matter = matter_of(request_id, view, uow)
    if matter is None:
        raise NoSuchRequest(request_id)
    request, form, steps = matter.facts, matter.form, matter.steps
    history = happened(request, form, view, uow)
    latest = max((at for at, _ in history), default=NOT_SENT)
    boxes = [step for step in steps if step.box]
    record: Record = {
        "title": form.title,
        "reference": f"R-{request.id}",
        "version": request.version,
        "setting": _setting(request, uow),
        "standing": f"{STANDING[request.state]}. {_latest(history)}",
        "notes": [*_on_behalf(request, uow), *_signed_twice(request, uow)],
        "sections": _sections(form, request.answers, uow),
        "boxes": [_box(step, request, view, uow) for step in boxes],
        "consulted": [_box(step, request, view, uow) for step in steps if not step.box],
        "history": [{"at": moment_in_words(at), "what": what} for at, what in history],
        "policy": f"{view.facts.title}, {view.facts.version}. {view.facts.label}",
        "made_at": int(latest.timestamp()),
    }
    return {**record, "code": _code(record)}


def _code(record: Record) -> str:
    digest = hashlib.sha256(json.dumps(record, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    letters = digest[:16].upper()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def _setting(request: RequestFacts, uow: UnitOfWork) -> str:
    setting = uow.settings.get(request.setting)
    return setting.name if setting else request.setting


def _sections(form: Form, answers: Answers, uow: UnitOfWork) -> list[Record]:
    return [
        {
            "title": section.title,
            "on_paper": section.on_paper,
            "rows": [_row(question, form, answers, uow) for question in _printed(form, section, answers)],
        }
        for section in form.sections
    ]


def _printed(form: Form, section: Section, answers: Answers) -> list[Question]:
    """Return what has a row: every field of the paper form, asked or not; of the rest what was asked."""
    return [
        question
        for question in form.questions
        if question.section == section.key
        and (section.on_paper or question.is_asked(answers))
        and _tick_of(question, form) is None
    ]


def _tick_of(question: Question, form: Form) -> tuple[QuestionKey, str] | None:
    """Return the one tick that a question gives the details of, which are printed beside it."""
    if len(question.when) != 1 or len(question.when[0].values) != 1:
        return None
    condition = question.when[0]
    is_tick = form.question(condition.question).kind is AnswerKind.TICKS
    return (condition.question, condition.values[0]) if is_tick else None


def _row(question: Question, form: Form, answers: Answers, uow: UnitOfWork) -> Record:
    value = answers.get(question.key, ())
    if question.kind is not AnswerKind.TICKS:
        return {"label": question.label, "answer": _answer(question, answers, uow), "ticks": []}
    ticks = [
        {
            "label": option.label,
            "ticked": option.key in value,
            "details": [
                _line(one.label, _answer(one, answers, uow))
                for one in form.questions
                if _tick_of(one, form) == (question.key, option.key)
            ],
        }
        for option in question.options
    ]
    return {"label": question.label, "answer": "", "ticks": ticks}


def _answer(question: Question, answers: Answers, uow: UnitOfWork) -> str:
    return shown(question, answers.get(question.key, ()), uow) if question.is_asked(answers) else NOT_APPLICABLE


def _box(step: Step, request: RequestFacts, view: PolicyView, uow: UnitOfWork) -> Record:
    said = [one for one in request.counting() if one.step == step.key]
    lines = _signature(said[-1], step, view, uow) if said else _blank(step)
    return {"title": step.box or step.title, "says": step.asks, "lines": [_line(*one) for one in lines]}


def _blank(step: Step) -> tuple[tuple[str, str], ...]:
    if step.kind is StepKind.RECORDS:
        return (("Name", ""), ("Signature", NOT_RECORDED), ("Date", ""))
    return (("Name", ""), ("Signature", NOT_SIGNED), ("Date", ""))


def _signature(said: Decision, step: Step, view: PolicyView, uow: UnitOfWork) -> list[tuple[str, str]]:
    role = view.roles[said.role].title
    lines = [("Name", f"{name_of(said.by, uow)}, {role}")]
    if said.acting_for:
        lines.append(("Acting for", name_of(said.acting_for, uow)))
    lines += [("Signature", f"{SAID[said.outcome].capitalize()} version {said.version}. {SIGNATURE}.")]
    lines += [("Date", moment_in_words(said.at))]
    facts = {fact.key: fact for fact in step.facts}
    lines += [(facts[key].label, shown(facts[key], value, uow)) for key, value in said.facts.items() if key in facts]
    if said.comment:
        lines.append(("Comment", said.comment))
    return lines


def _line(label: str, value: str) -> Record:
    return {"label": label, "value": value}


def _on_behalf(request: RequestFacts, uow: UnitOfWork) -> list[str]:
    if request.author == request.requester:
        return []
    requester, author = name_of(request.requester, uow), name_of(request.author, uow)
    return [IN_THE_NAME_OF.format(requester=requester, author=author)]


def _signed_twice(request: RequestFacts, uow: UnitOfWork) -> list[str]:
    return [ONE_SIGNS_TWICE.format(name=name_of(person, uow)) for person in flag_same_person(request)]


def _latest(history: list[tuple[datetime, str]]) -> str:
    return f"The last entry is of {moment_in_words(history[-1][0])}." if history else "Nothing was sent yet."
