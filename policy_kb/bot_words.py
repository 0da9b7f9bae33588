"""The closed sets of what the bot says, does by itself, and has buttons for."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """What a button does; the subject beside it says to what."""

    SEE_CLAUSE = "see_clause"  # about a clause reference: 5.3(a)
    CHOOSE = "choose"  # about an answer and one choice of its question back: 01J…:official
    SHARE = "share"  # about an answer
    HELPFUL = "helpful"  # about an answer
    NOT_RIGHT = "not_right"  # about an answer

    # The form. About a request, and what follows a colon: 12, 12:purpose, 12:host:third_party
    START = "start"  # about a form: site; or a form and the request it starts from: site:7
    ANSWER = "answer"  # about a question and an option of it, or about a question whose fields come along
    KEEP = "keep"  # about a question whose answer was doubted, and stays
    EDIT = "edit"  # about a question to answer anew
    BACK = "back"  # about a request: one question back
    WHY = "why"  # about a question: why it is asked
    SECTION = "section"  # about a question: its whole section at once
    SAVE_SECTION = "save_section"  # about a question, with every field of its section
    PAUSE = "pause"  # about a request
    RESUME = "resume"  # about a request
    CANCEL = "cancel"  # about a request; asked twice
    CANCEL_SURELY = "cancel_surely"
    REVIEW = "review"  # about a request: all answers
    SUBMIT = "submit"  # about a request
    MY_REQUESTS = "my_requests"  # about nothing
    STATUS = "status"  # about a request: where it is
    WITHDRAW = "withdraw"  # about a request; asked twice
    WITHDRAW_SURELY = "withdraw_surely"
    IS_LIVE = "is_live"  # about a request: the approved site has gone live

    # Deciding. About a request, a step and the version that was shown: 12:head:2
    APPROVE = "approve"
    ASK_CHANGES = "ask_changes"
    DECLINE = "decline"
    NOT_ME = "not_me"
    RECORD = "record"  # a consultation took place; the fields tell of it
    RECORD_MORE = "record_more"  # what a recorded consultation lacked: the reference of an assessment
    CARD = "card"  # the card again, as things stand
    WHOLE_FORM = "whole_form"
    PAPER = "paper"  # about a request: its record as a PDF
    SNOOZE = "snooze"
    REASSIGN = "reassign"  # with a field that names somebody
    WAITING = "waiting"  # about nothing: what waits for me
    DELEGATE = "delegate"  # about whom and the days: priya-sample:2026-10-14:2026-10-19

    # Sites: their life, checks and people. About a site, and what follows a colon: 7, 7:pre_live:house_rules:yes
    SITES = "sites"  # about nothing: the sites I look after or answer for
    SITE = "site"  # its card; 7:more: what is seldom done with it
    SITE_CHECKS = "site_checks"  # 7:pre_live, 7:health, 7:closing: the checklist
    CHECK_SITE = "check_site"  # 7:health:house_rules:yes
    SITE_ADDRESS = "site_address"  # with a field: where people find it
    EVALUATE_SITE = "evaluate_site"  # with fields: how far the aims were reached
    STILL_NEEDED = "still_needed"
    CLOSE_SITE = "close_site"  # asked twice
    CLOSE_SITE_SURELY = "close_site_surely"
    EXTEND_SITE = "extend_site"  # with a field: until when; or without, the form
    SITE_CLOSED = "site_closed"
    SUSPEND_SITE = "suspend_site"  # asked twice
    SUSPEND_SITE_SURELY = "suspend_site_surely"
    RESUME_SITE = "resume_site"
    TAKE_IN_SITE = "take_in_site"  # a site without an approval on paper gets one by the head
    ACCEPT_PART = "accept_part"  # 7:site_moderator: I accept, and have a login of my own
    REFUSE_PART = "refuse_part"
    NAME_PEOPLE = "name_people"  # 7: who looks after it; 7:site_moderator, with a field or a person, or else the form
    END_PART = "end_part"  # 7:site_moderator:priya-sample; asked twice, and then with :surely
    ATTEST = "attest"  # 7: my login there is still my own; 7:no: not any more
    TASK_DONE = "task_done"  # about a task: 12
    LOG = "log"  # 7, or nothing: what was done with something on a site
    SAVE_LOG = "save_log"  # 7, with fields
    EXTREME = "extreme"  # 7, or nothing: what to do about extreme offence or a risk of harm
    PLAN = "plan"  # the plan for stepping in
    PATTERNS = "patterns"  # 7, nothing, or with a day of an earlier term: what was logged in a term

    # Cover. About a site, a slot, an offer, or days
    ON_DUTY = "on_duty"  # about the Monday of a week: 2026-11-30
    MY_SLOTS = "my_slots"  # about nothing
    OFF = "off"  # 2026-10-14:2026-10-19, the days I am away; the second is the first day back
    BACK_AGAIN = "back_again"  # about an absence
    GOT_IT = "got_it"  # about a slot
    CANNOT = "cannot"  # about a slot
    FIND_COVER = "find_cover"  # about a slot
    TAKE_SLOT = "take_slot"  # about a slot
    NOT_FREE = "not_free"  # about an offer
    SWAP = "swap"  # about a slot, with a field that names whose slot for it; or without, the form
    AGREE_SWAP = "agree_swap"  # about an offer
    REFUSE_SWAP = "refuse_swap"  # about an offer
    TAKE_BACK_OFFER = "take_back_offer"  # about an offer
    ASSIGN = "assign"  # about a slot, with a field that names somebody; or without, the form
    GAPS = "gaps"  # 7: what is not covered in the next 13 weeks
    SETTLE_GAP = "settle_gap"  # 7:2026-12-21:2027-01-04:comments_off; asked twice
    SETTLE_GAP_SURELY = "settle_gap_surely"
    REOPEN_GAP = "reopen_gap"  # about an intended gap
    ROTA_SHAPE = "rota_shape"  # 7, with fields: how the rota is cut; or without, the form
    CALENDAR = "calendar"  # nothing, or a site: the address of a calendar feed
    NEW_CALENDAR = "new_calendar"  # the same: a new address, and the old one stops
    REGISTER = "register"  # about nothing: a link of one's own to the register page

    # Reminders
    NOT_NOW = "not_now"  # about a reminder: still_needed:7 is put off
    WHAT_CHANGED = "what_changed"  # about a document and how many of its changes were shown: 2:5
    NO_MORE = "no_more"  # about a reminder that may be stopped: still_needed:7


class DueKind(StrEnum):
    """What the bot does by itself when its moment comes."""

    OWNER_FINDINGS = "owner_findings"  # what people and settings lack, told to the policy owner
    CHASING = "chasing"  # what waits for decisions, changes and answers, looked at on a morning of one setting
    PLANNING = "planning"  # one setting's night: rotas are carried on, leavers taken out, reminders written down
    REMINDER = "reminder"  # a timer of a site, a slot or a gap: closure:7, my_slot:123
    SLOT_STARTS = "slot_starts"  # 123: nobody said "I've got it", so the reserve is asked
    SLOT_UNANSWERED = "slot_unanswered"  # 123: nor did the reserve, so administrators are


class SayKind(StrEnum):
    """The things the bot says; the sentence is chosen at the moment of sending."""

    ANSWER = "answer"
    CLAUSE = "clause"
    SHARED = "shared"
    FEEDBACK_TAKEN = "feedback_taken"
    WELCOME = "welcome"
    SMALL_TALK = "small_talk"
    HELP = "help"
    NOTHING_ASKED = "nothing_asked"
    NOT_ENGLISH = "not_english"
    GONE = "gone"  # a button of an answer that was tidied away

    # The form; about as on the buttons
    QUESTION = "question"  # 12:purpose, and what came before it: 12:purpose:saved, 12:purpose:47
    ANSWERED = "answered"  # 12:purpose, in the place of the card that asked
    WHY = "why"
    SECTION = "section"
    REVIEW = "review"
    PAUSED = "paused"
    CANCEL_ASKED = "cancel_asked"
    CANCELLED = "cancelled"
    SUBMITTED = "submitted"
    MY_REQUESTS = "my_requests"  # of the person who reads it
    STATUS = "status"
    WITHDRAW_ASKED = "withdraw_asked"
    NOT_STARTED = "not_started"  # why nobody can ask for this here: elm-academy, or unknown
    REFUSED = "refused"  # a refusal's key, and what it is about
    IN_PRIVATE = "in_private"  # a form is never filled in in front of others

    # Deciding
    STEP_CARD = "step_card"  # 12:head; the card of one step as things stand, for the person who reads it
    STEP_FORM = "step_form"  # 12:head:2:decline; what a decision needs to be said with it
    WHOLE_FORM = "whole_form"
    PAPER = "paper"  # 12; its record as a PDF
    NEWS = "news"  # 12:31, what the requester hears of a decision
    NOTICE = "notice"  # 12:edited …, what others hear: the key of a sentence, and its request
    WAITING = "waiting"
    DELEGATION_ASKED = "delegation_asked"
    DELEGATED = "delegated"

    # Sites; about as on the buttons
    SITES = "sites"
    SITE = "site"
    SITE_CHECKS = "site_checks"
    SITE_FORM = "site_form"  # 7:evaluate, 7:extend, 7:address, 7:name_people:site_moderator: what is filled in
    SITE_ASKED = "site_asked"  # 7:close, 7:suspend: surely?
    SITE_NEWS = "site_news"  # 7:closed …: what others hear; the key of a sentence, and its site
    PART_ASKED = "part_asked"  # 7:site_moderator, or 7 for all parts of the reader: do you accept
    SITE_PEOPLE = "site_people"  # 7: who looks after it; 7:name:site_moderator, 7:end: whom to name, whom to end
    PEOPLE_NEWS = "people_news"  # refused:7:site_moderator:tom-example …: what others hear; its key comes first
    SITE_TASKS = "site_tasks"  # 12,13: what is left to do where somebody has gone
    BELOW_TWO = "below_two"  # 7, and what led to it: 7:refused:site_moderator:tom-example
    LEAVING = "leaving"  # to a leaver: the words of 5.6
    LOG_FORM = "log_form"  # nothing, 7, or what is filled in already: 7:removed:spam
    LOGGED = "logged"  # 7:removed:spam; to administrators with the second it was passed on: 7:escalated:rude:1795512600
    EXTREME = "extreme"
    PLAN = "plan"
    PATTERNS = "patterns"  # 7, or 7:2026-07-21: of the term in which that day is

    # Cover
    ON_DUTY = "on_duty"
    MY_SLOTS = "my_slots"
    OFF_ASKED = "off_asked"  # 2026-10-14:2026-10-19: are these the days, and these slots are touched
    COVER_NEWS = "cover_news"  # taken:123:…: what somebody hears of a slot; the key of a sentence, and its slot
    SLOT = "slot"  # 123: the nudge of whoever is on duty
    OFFER = "offer"  # about an offer, as whoever reads it sees it
    COVER_FORM = "cover_form"  # 123:swap, 123:assign, 7:shape
    GAPS = "gaps"
    CALENDAR = "calendar"  # as on the button; new, new:7: an address is made, and shown once
    REGISTER_LINK = "register_link"

    # Reminders
    TODAY = "today"  # my_slot:123,closure:7: everything one person is reminded of on one day; put_off:…, stopped:…
    CHANGED_WORDS = "changed_words"  # 2:5, what a document says otherwise than the one before, from the sixth item on
