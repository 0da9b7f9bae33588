"""Everything said while a form is filled in, from stored facts to the message a person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import notices
from handlers.message import Button, ButtonStyle, Fact, Facts, Message, Note, Paragraph, Tone
from handlers.requests import conversation
from handlers.requests.before import Before
from handlers.requests.controls import cut, field_of
from handlers.requests.filling import filling_of, read_about
from handlers.requests.question_said import compose_question, why
from handlers.requests.review_said import SHORT, compose_put_back, compose_review
from handlers.requests.starting import AGAIN, ANEW, UNKNOWN, why_not
from handlers.requests.values_said import value_in_words
from policy_kb.bot_words import Action, SayKind
from policy_kb.request_words import FormKey, RequestState
from policy_kb.words import SettingId

if TYPE_CHECKING:
    from handlers.requests.filling import Filling, FormAbout
    from handlers.scene import SayScene
    from policy_kb.rules.form import Question
    from storage.says import SayFacts

KINDS: frozenset[SayKind] = frozenset(
    {
        SayKind.QUESTION,
        SayKind.ANSWERED,
        SayKind.WHY,
        SayKind.SECTION,
        SayKind.REVIEW,
        SayKind.PAUSED,
        SayKind.CANCEL_ASKED,
        SayKind.CANCELLED,
        SayKind.NOT_STARTED,
        SayKind.IN_PRIVATE,
    }
)


def compose(say: SayFacts, scene: SayScene) -> Message:  # noqa: PLR0911 - one line for each kind
    """Return the message a fact becomes, as the form stands now; a plain word where it is not there any more."""
    if say.kind is SayKind.NOT_STARTED:
        return _not_started(say.about, scene)
    if say.kind is SayKind.IN_PRIVATE:
        return _in_private()
    about = read_about(say.about)
    filling = filling_of(about.request, scene.person, scene.view, scene.uow, now=scene.now) if about else None
    if about is None or filling is None:
        return notices.compose_gone()
    match say.kind:
        case SayKind.REVIEW:
            return _review(about, filling)
        case SayKind.PAUSED:
            return _paused(about, filling)
        case SayKind.CANCEL_ASKED:
            return _cancel_asked(filling)
        case SayKind.CANCELLED:
            return _cancelled(filling)
    question = next((one for one in filling.form.questions if one.key == about.question), None)
    if question is None:
        return notices.compose_gone()
    return _about_a_question(say.kind, question, about.what, filling)


def _review(about: FormAbout, filling: Filling) -> Message:
    if about.question == Before.PUT_BACK:
        return compose_put_back(about.what, filling)
    return compose_review(about.question or about.what, filling)


def _about_a_question(kind: SayKind, question: Question, what: str, filling: Filling) -> Message:
    match kind:
        case SayKind.ANSWERED:
            return _answered(question, filling)
        case SayKind.WHY:
            return compose_question(question, "", filling, more=why(question, filling))
        case SayKind.SECTION:
            return _section(question, filling)
        case _:
            return compose_question(question, what, filling)


def _answered(question: Question, filling: Filling) -> Message:
    value = filling.draft.answers.get(question.key)
    about = f"{filling.draft.id}:{question.key}"
    return Message(
        title=f"{'Saved' if value else 'Skipped'}. {question.label}",
        blocks=(Paragraph(text=cut(value_in_words(question, value, filling.uow), SHORT)),) if value else (),
        buttons=(Button(label="Change", action=Action.EDIT, about=about),),
    )


def _section(question: Question, filling: Filling) -> Message:
    form, answers = filling.form, filling.draft.answers
    section = conversation.section_of(form, question)
    asked = conversation.questions_of_section(form, answers, question)
    about = f"{filling.draft.id}:{question.key}"
    return Message(
        title=section.title,
        blocks=(Paragraph(text="Fill in what you can. I ask for the rest one by one."),),
        fields=tuple(field_of(one, filling, hint=_hint(one)) for one in asked),
        buttons=(Button(label="Save the section", action=Action.SAVE_SECTION, about=about, style=ButtonStyle.MAIN),),
        dialog=True,
    )


def _hint(question: Question) -> str:
    return question.hint or question.asks


def _paused(about: FormAbout, filling: Filling) -> Message:
    draft, form = filling.draft, filling.form
    asked, answered = form.asked(draft.answers), draft.answers
    done = sum(one.key in answered for one in asked)
    again = AGAIN in (about.question, about.what)
    begun = f"You have already begun R-{draft.id}, {form.called}."
    resume = Button(label="Go on with it", action=Action.RESUME, about=str(draft.id), style=ButtonStyle.MAIN)
    anew = Button(label="Start a new one", action=Action.START, about=f"{form.key}:{ANEW}")
    look = Button(label="See my answers", action=Action.REVIEW, about=str(draft.id))
    give_up = Button(label="Cancel it", action=Action.CANCEL, about=str(draft.id))
    is_draft = draft.state is RequestState.DRAFT
    return Message(
        title=begun if again else f"Paused. R-{draft.id}, {form.called}, is saved.",
        blocks=(
            Paragraph(text=f"{done} of {len(asked)} questions are answered."),
            Paragraph(text="Type “resume” whenever you like, here or on any other channel, to go on with it."),
        ),
        buttons=(resume, look, *((anew,) if again else ()), *((give_up,) if is_draft else ())),
    )


def _cancel_asked(filling: Filling) -> Message:
    about, draft = str(filling.draft.id), filling.draft
    return Message(
        title=f"Cancel R-{draft.id}, {filling.form.called}?",
        tone=Tone.CARE,
        blocks=(
            Paragraph(text=f"Your {len(draft.answers)} answers would be given up. Nobody has been asked anything yet."),
            Paragraph(text="Type “yes, cancel it”, or just go on."),
        ),
        buttons=(
            Button(label="Yes, cancel it", action=Action.CANCEL_SURELY, about=about),
            Button(label="No, go on", action=Action.RESUME, about=about, style=ButtonStyle.MAIN),
        ),
    )


def _cancelled(filling: Filling) -> Message:
    draft, form = filling.draft, filling.form
    return Message(
        title=f"R-{draft.id} is cancelled. Nobody was asked anything.",
        blocks=(Note(text="You can start again from its answers for a while, until they are tidied away."),),
        buttons=(
            Button(label="Start from these answers", action=Action.START, about=f"{form.key}:{draft.id}"),
            Button(label="My requests", action=Action.MY_REQUESTS, about=""),
        ),
    )


def _not_started(about: str, scene: SayScene) -> Message:
    setting_id, _, form_key = about.partition(":")
    setting = scene.uow.settings.get(SettingId(setting_id)) if setting_id != UNKNOWN else None
    if setting is None:
        return Message(
            title="I cannot start a form yet: I do not know who you are.",
            tone=Tone.CARE,
            blocks=(
                Paragraph(text="Your account here is not in the staff list. Please ask the policy owner to add you."),
                Paragraph(text="Your questions about the policy I can answer all the same."),
            ),
        )
    form = scene.view.forms.get(FormKey(form_key))
    reasons = why_not(form, setting, scene.uow, now=scene.now) if form else ()
    if not reasons:
        return Message(
            title="It can be started now.",
            buttons=(_start(form_key),) if form else (),
        )
    return Message(
        title=f"Nobody can ask for this at {setting.name} yet.",
        tone=Tone.CARE,
        blocks=(
            Facts(rows=tuple(Fact(label="What is missing", value=reason) for reason in reasons)),
            Paragraph(text="The policy owner is told every morning until it is put right. Nothing was started."),
        ),
    )


def _start(form_key: str) -> Button:
    return Button(label="Start the form", action=Action.START, about=form_key, style=ButtonStyle.MAIN)


def _in_private() -> Message:
    return Message(
        title="Please write to me directly for this.",
        blocks=(
            Paragraph(text="Everybody in this conversation would read your answers, so I fill in forms in private."),
            Paragraph(text="Open a chat with me alone and type “site form”, or “resume” to go on with one."),
        ),
    )
