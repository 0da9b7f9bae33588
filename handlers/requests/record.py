"""The record of a request: the form in its own layout, who signed what by which right, and everything that happened."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from handlers.requests.shown import moment_in_words, name_of, shown
from policy_kb.rules.deciding import flag_same_person
from policy_kb.rules.routing import steps_needed
from policy_kb.words import AnswerKind, Outcome, RequestState, StepKind

if TYPE_CHECKING:
    from policy_kb.rules.form import Answers, Form, Question, Section, Step
    from policy_kb.rules.request import Decision, RequestFacts
    from policy_kb.view import PolicyView
    from policy_kb.words import QuestionKey, RequestId, StepKey
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
SAID = {
    Outcome.APPROVED: "approved",
    Outcome.RECORDED: "recorded a consultation on",
    Outcome.CONFIRMED: "confirmed",
    Outcome.CHANGES_ASKED: "asked for changes to",
    Outcome.DECLINED: "declined",
    Outcome.NOT_ME: "passed on, as not theirs to decide,",
}
NOT_SENT = datetime(2000, 1, 1, tzinfo=UTC)  # the date a PDF carries of a request that nothing happened to yet
NOT_APPLICABLE = "Not applicable"
SIGNATURE = "Given in Ask First from their own signed-in account"
ONE_SIGNS_TWICE = "{name} signed more than one box, each by an action of its own."


class NoSuchRequest(LookupError):  # noqa: N818 - the name is the sentence
    """There is no request of this number."""

    def __init__(self, request_id: RequestId) -> None:
        super().__init__(f"There is no request R-{request_id}.")


def record_of(request_id: RequestId, view: PolicyView, uow: UnitOfWork) -> Record:
    """
    Return everything that stands on paper, as texts that JSON can hold; `handlers.paper` draws it.

    While nothing happens to the request, it is the same. `code` is made of all the rest, so that whoever
    has the paper can have it checked.

    Raises:
        NoSuchRequest: nobody ever made this request.
    """
    request = uow.requests.facts(request_id)
    if request is None:
        raise NoSuchRequest(request_id)
    form = view.forms[request.form]
    steps = _steps(form, request)
    happened = _happened(request, steps, view, uow)
    latest = max((at for at, _ in happened), default=NOT_SENT)
    boxes = [step for step in steps if step.box]
    record: Record = {
        "title": form.title,
        "reference": f"R-{request.id}",
        "version": request.version,
        "setting": _setting(request, uow),
        "standing": f"{STANDING[request.state]}. {_latest(happened)}",
        "notes": _signed_twice(request, uow),
        "sections": _sections(form, request.answers, uow),
        "boxes": [_box(step, request, view, uow) for step in boxes],
        "consulted": [_box(step, request, view, uow) for step in steps if not step.box],
        "history": [{"at": moment_in_words(at), "what": what} for at, what in happened],
        "policy": f"{view.facts.title}, {view.facts.version}. {view.facts.label}",
        "made_at": int(latest.timestamp()),
    }
    return {**record, "code": _code(record)}


def _code(record: Record) -> str:
    digest = hashlib.sha256(json.dumps(record, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    letters = digest[:16].upper()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def _steps(form: Form, request: RequestFacts) -> tuple[Step, ...]:
    route = form.route_for(request.setting_type, request.setting)
    return steps_needed(route, request.answers, on_behalf=request.author != request.requester)


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
        answer = shown(question, value, uow) if question.is_asked(answers) else NOT_APPLICABLE
        return {"label": question.label, "answer": answer, "ticks": []}
    details = {_tick_of(one, form): one for one in form.questions}
    ticks = []
    for option in question.options:
        detail = details.get((question.key, option.key))
        told = shown(detail, answers[detail.key], uow) if detail and answers.get(detail.key) else ""
        ticked = option.key in value
        ticks.append({"label": option.label, "ticked": ticked, "detail": told if ticked else ""})
    return {"label": question.label, "answer": "", "ticks": ticks}


def _box(step: Step, request: RequestFacts, view: PolicyView, uow: UnitOfWork) -> Record:
    said = [one for one in request.counting() if one.step == step.key]
    lines = _signature(said[-1], step, view, uow) if said else _blank(step)
    return {"title": step.box or step.title, "says": step.asks, "lines": [_line(*one) for one in lines]}


def _blank(step: Step) -> tuple[tuple[str, str], ...]:
    if step.kind is StepKind.RECORDS:
        return (("Recorded by", ""), ("Date", ""))
    return (("Name", ""), ("Signature", ""), ("Date", ""))


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


def _signed_twice(request: RequestFacts, uow: UnitOfWork) -> list[str]:
    return [ONE_SIGNS_TWICE.format(name=name_of(person, uow)) for person in flag_same_person(request)]


def _latest(happened: list[tuple[datetime, str]]) -> str:
    return f"The last entry is of {moment_in_words(happened[-1][0])}." if happened else "Nothing was sent yet."


def _happened(
    request: RequestFacts, steps: tuple[Step, ...], view: PolicyView, uow: UnitOfWork
) -> list[tuple[datetime, str]]:
    """Return everything that was sent, decided and handed on, oldest first."""
    titles = {step.key: step.title for step in steps}
    happened: list[tuple[datetime, str]] = [
        (sent.at, f"{name_of(sent.by, uow)} sent version {sent.version}.") for sent in uow.requests.sendings(request.id)
    ]
    happened += [(one.at, _decided(one, titles, view, uow)) for one in request.decisions]
    happened += [
        (
            one.at,
            f"{name_of(one.by_id, uow)} asked {name_of(one.to_id, uow)} for {_title(one.step, titles)}: {one.reason}",
        )
        for one in uow.requests.reassignments(request.id)
    ]
    return sorted(happened, key=lambda one: one[0])


def _decided(said: Decision, titles: dict[StepKey, str], view: PolicyView, uow: UnitOfWork) -> str:
    who = f"{name_of(said.by, uow)}, {view.roles[said.role].title}"
    acting = f" (acting for {name_of(said.acting_for, uow)})" if said.acting_for else ""
    what = f"{who}{acting}, {SAID[said.outcome]} version {said.version}: {_title(said.step, titles)}."
    over = " It no longer counts: what it was about has changed." if said.asked_again else ""
    comment = f"\nComment: {said.comment}" if said.comment else ""
    return f"{what}{over}{comment}"


def _title(step: StepKey, titles: dict[StepKey, str]) -> str:
    return titles.get(step, step)
