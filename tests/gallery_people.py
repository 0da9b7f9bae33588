"""Examples of the messages about a site's people and its moderation; tests.gallery shows them with all the others."""

from __future__ import annotations

from datetime import date

from handlers.message import (
    Button,
    ButtonStyle,
    ClauseQuote,
    Fact,
    Facts,
    Field,
    InputKind,
    Message,
    Note,
    Option,
    Paragraph,
    Tone,
)
from handlers.sites.moderating_about import LogAbout
from handlers.sites.moderating_extreme_said import extreme, plan
from handlers.sites.moderating_log_said import log_form, logged
from handlers.sites.moderating_patterns_said import patterns
from policy_kb.bot_words import Action
from policy_kb.rules.patterns import Logged, pattern_of, term_of
from policy_kb.rules.periods import Period
from policy_kb.rules.site import Site
from policy_kb.site_words import LogAction, LogCategory, SiteId, SiteState
from policy_kb.view import load_view
from policy_kb.words import DayKind, PersonId, SettingId

VIEW = load_view()
WORDS = VIEW.moderating
DSL = (
    "Tell your designated safeguarding lead (DSL) now: Grace Sample, 01632 960101. "
    "Deputy: Noor Sample, 01632 960102. Out of hours: 01632 960199."
)
SITE = Site(
    id=SiteId(7),
    request=None,
    setting=SettingId("elm-academy"),
    name="PE Instagram",
    state=SiteState.LIVE,
    state_since=date(2026, 9, 1),
    author=PersonId("priya-sample"),
    host="third_party",
    host_name="Instagram",
    intervention_plan="Comments are held back until one of us has read them. Out of hours, ring the head.",
)
OTHER = Site(
    id=SiteId(8),
    request=None,
    setting=SettingId("elm-academy"),
    name="School Facebook page",
    state=SiteState.LIVE,
    state_since=date(2026, 9, 1),
    author=PersonId("priya-sample"),
    host="third_party",
)
TERM = term_of((Period(kind=DayKind.TERM, starts_on=date(2026, 9, 2), ends_on=date(2026, 12, 19)),), date(2026, 11, 24))
LINES = (
    *(Logged(action=LogAction.REMOVED, category=LogCategory.SPAM, on=date(2026, 10, day)) for day in range(1, 9)),
    *(Logged(action=LogAction.HIDDEN, category=LogCategory.RUDE, on=date(2026, 11, day)) for day in (3, 4)),
    Logged(action=LogAction.REMOVED, category=LogCategory.SPAM, on=date(2026, 7, 1)),
)
WHO_LOOKS = Button(label="Who looks after it", action=Action.NAME_PEOPLE, about="7")
ASKED = "I ask them whether they accept, with a login of their own (A.3.2). Only people of the staff list can be asked."
PEOPLE_OPTIONS = (
    Option(value="ruth-sample", label="Ruth Sample (moderates elsewhere, same department)"),
    Option(value="callum-sample", label="Callum Sample (same department)"),
    Option(value="lucy-example", label="Lucy Example"),
)

PEOPLE = {
    "a part that is offered": Message(
        title="Do you administer and moderate PE Instagram? Please say yes or no.",
        tone=Tone.ASK,
        blocks=(
            Facts(
                rows=(
                    Fact(label="Site", value="PE Instagram on Instagram"),
                    Fact(label="For", value="Elm Academy (sample)"),
                    Fact(label="Answers for it", value="Priya Sample"),
                )
            ),
            Paragraph(text="Administrators review what is on the site, and take down what breaks its rules (A.5.4)."),
            Note(text="Accept once you have a login of your own there: nobody shares one (A.3.2)."),
        ),
        buttons=(
            Button(
                label="I accept both, with my own login", action=Action.ACCEPT_PART, about="7", style=ButtonStyle.MAIN
            ),
            Button(label="Not me", action=Action.REFUSE_PART, about="7"),
            Button(label="Only one of the two", action=Action.NAME_PEOPLE, about="7"),
        ),
    ),
    "too few people": Message(
        title="PE Instagram has 1 of 2 moderators. Please name somebody (A.5.4).",
        tone=Tone.CARE,
        blocks=(
            Paragraph(text="Tom Example has left the trust."),
            Facts(
                rows=(Fact(label="You could ask as moderator", value="Ruth Sample, Callum Sample and Lucy Example"),)
            ),
        ),
        buttons=(
            Button(
                label="Ask Ruth Sample",
                action=Action.NAME_PEOPLE,
                about="7:site_moderator:ruth-sample",
                style=ButtonStyle.MAIN,
            ),
            Button(label="Ask Callum Sample", action=Action.NAME_PEOPLE, about="7:site_moderator:callum-sample"),
            Button(label="Ask Lucy Example", action=Action.NAME_PEOPLE, about="7:site_moderator:lucy-example"),
            Button(label="Somebody else", action=Action.NAME_PEOPLE, about="7:site_moderator"),
        ),
    ),
    "who looks after a site": Message(
        title="Who looks after PE Instagram",
        tone=Tone.CARE,
        blocks=(
            Facts(
                rows=(
                    Fact(label="Author", value="Priya Sample"),
                    Fact(label="Administrators", value="Aisha Sample; Priya Sample"),
                    Fact(label="Moderators", value="Priya Sample; Ruth Sample (asked, has not accepted yet)"),
                )
            ),
            Paragraph(text="Accepted so far: 1 of 2 moderators. 2 of each are asked for (A.5.4)."),
        ),
        buttons=(
            Button(label="Name an administrator", action=Action.NAME_PEOPLE, about="7:site_administrator"),
            Button(label="Name a moderator", action=Action.NAME_PEOPLE, about="7:site_moderator"),
            Button(label="Take somebody off", action=Action.END_PART, about="7"),
        ),
    ),
    "whom to ask to look after a site": Message(
        title="Whom shall I ask to moderate PE Instagram?",
        tone=Tone.ASK,
        blocks=(Paragraph(text=ASKED),),
        fields=(
            Field(name="who", label="Who", kind=InputKind.ONE, options=PEOPLE_OPTIONS),
            Field(name="by_name", label="Somebody else, by name or e-mail address", kind=InputKind.LINE),
        ),
        buttons=(
            Button(label="Ask them", action=Action.NAME_PEOPLE, about="7:site_moderator", style=ButtonStyle.MAIN),
            Button(label="Leave it as it is", action=Action.NAME_PEOPLE, about="7"),
        ),
    ),
    "a login that is shared": Message(
        title="Tom Example's login to PE Instagram is not their own any more (A.3.2).",
        tone=Tone.CARE,
        blocks=(Paragraph(text="Nobody may share a login. Give them one of their own. Never send me a password."),),
        buttons=(WHO_LOOKS,),
    ),
    "a leaver's last day": Message(
        title="Your last day with us is 18 December 2026. One rule goes on after it (5.6).",
        blocks=(
            ClauseQuote(
                number="5.6", heading="After leaving", words="No contact with pupils afterwards.", official=True
            ),
            Paragraph(text="From 19 December 2026 you are off every rota, and I send you nothing more."),
        ),
        buttons=(Button(label="See 5.6", action=Action.SEE_CLAUSE, about="5.6"),),
    ),
    "what is left to do": Message(
        title="2 things are left to do, because somebody has gone.",
        tone=Tone.ASK,
        blocks=(
            Facts(
                rows=(
                    Fact(
                        label="PE Instagram",
                        value="Take away the login of Tom Example, on the host's own page (A.3.2).",
                    ),
                    Fact(label="School Facebook page", value="Tom Example was its author. Name somebody else (A.5.5)."),
                )
            ),
        ),
        fields=(
            Field(name="who", label="Its author from now on", kind=InputKind.ONE, options=PEOPLE_OPTIONS),
            Field(name="by_name", label="Somebody else, by name or e-mail address", kind=InputKind.LINE),
        ),
        buttons=(
            Button(
                label="Done: Tom Example, PE Instagram",
                action=Action.TASK_DONE,
                about="12:12,13",
                style=ButtonStyle.MAIN,
            ),
            Button(
                label="Author of School Facebook page",
                action=Action.TASK_DONE,
                about="13:12,13",
                style=ButtonStyle.MAIN,
            ),
        ),
    ),
    "the log of one site": log_form((SITE,), LogAbout(action=LogAction.REMOVED, category=LogCategory.SPAM), WORDS),
    "the log of several sites": log_form((SITE, OTHER), LogAbout(), WORDS),
    "something logged": logged(
        SITE,
        LogAbout(site=SITE.id, action=LogAction.ESCALATED, category=LogCategory.BULLYING),
        WORDS,
        "I have told Aisha Sample and Priya Sample.",
    ),
    "what to do about extreme offence": extreme(VIEW, DSL, SITE, may_log=True),
    "the plan for stepping in": plan(SITE, VIEW),
    "no plan for stepping in": plan(OTHER, VIEW),
    "the patterns of a term": patterns(SITE, TERM, pattern_of(LINES, TERM), WORDS),
    "the patterns of a quiet term": patterns(SITE, TERM, pattern_of((), TERM), WORDS),
}
