"""What comes before a question: a word that a stored fact holds; the sentence is chosen when it is said."""

from __future__ import annotations

from enum import StrEnum

SHOWN = "="  # before the number of an answer that the card above shows already: only what is wrong with it is told


class Before(StrEnum):
    """Why a question is put, or put again; beside these, the numbers of answers that are to be told of."""

    OPENS = "opens"  # the form begins
    ASKED = "asked"  # a question about the policy was answered in between
    FIRST = "first"  # there is nothing before this question
    NEEDED = "needed"  # the form cannot be sent without this one
    EMPTY = "empty"  # nothing was filled in
    NOT_READ = "not_read"  # the words are no answer of this kind
    TOO_LONG = "too_long"
    NOTHING_BEFORE = "nothing_before"  # there is no older answer to take over
    NOT_ASKED = "not_asked"  # only what others asked to be changed may be changed
    NOT_YET = "not_yet"  # something still keeps the form from being sent
    NOTHING_NEW = "nothing_new"  # it stands as it was sent
    BLOCKED = "blocked"  # the setting cannot take requests now
    PUT_BACK = "put_back"  # answers that nobody was sent stand as before again; with the numbers of what was given


class NotTaken(StrEnum):
    """Why an answer was not taken, where it was no check of the form that stopped it."""

    BLOCKED = "blocked"  # the setting cannot take requests
    NAMES = "names"  # names that did not lead to one person each; what was typed is kept until it is clear
    UNREAD = "unread"  # nothing of the question's kind could be read in it


def not_said_back(about: str) -> str:
    """Return what a question is about, where the answer before it need not be said back: ``12:aims:=47``."""
    head, colon, last = about.rpartition(":")
    return f"{head}:{SHOWN}{last}" if colon and last.isdigit() else about
