"""The askfirst command."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands import (
    ask,
    audit,
    backup,
    chat,
    doctor,
    due,
    erase,
    people,
    policy,
    request,
    serve,
    settings,
    sites,
    teams_package,
)
from bot.commands.ask import BadQuestions
from bot.commands.due import BadStretch
from bot.commands.policy import UnreadableFile
from bot.commands.request import NotReadable
from bot.config import ConfigError, read_config
from handlers.auditing import NoSuchSubject
from handlers.erasing import NotInDirectory
from handlers.imports.cells import CellRefused, read_day
from handlers.owner import NoSuchClause
from handlers.paper.draw import CannotBeDrawn
from handlers.requests.record import NoSuchRequest
from policy_kb.parse import DocumentError
from policy_kb.request_words import RequestId
from policy_kb.toml_entries import EditionError
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from bot.config import Config

# What a person can mend: shown as a sentence. Anything else is a fault of ours and shows itself whole.
MENDABLE = (
    BadQuestions,
    BadStretch,
    CannotBeDrawn,
    ConfigError,
    DocumentError,
    EditionError,
    NoSuchClause,
    NoSuchRequest,
    NoSuchSubject,
    NotInDirectory,
    NotReadable,
    StorageError,
    UnreadableFile,
)
MENDED_BY_YOU = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 where it found something missing, or 2 with a sentence on stderr."""
    options = parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace, Config], int] = options.run
        return run(options, read_config())
    except MENDABLE as problem:
        print(f"askfirst: {problem}", file=sys.stderr)
        return MENDED_BY_YOU
    except BrokenPipeError:
        return 0


def parser() -> argparse.ArgumentParser:
    """Return the command line, from which the help and the README's list are checked."""
    top = argparse.ArgumentParser(prog="askfirst", description="Answers from the trust's Social Media Policy.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _add(commands, "demo", "serve the local web chat with the sample trust", lambda _, config: serve.run_demo(config))
    _add(commands, "serve", "serve Slack and Teams, as the environment says", lambda _, config: serve.run_serve(config))
    chatting = _add(commands, "chat", "hold the conversation in this shell", _chat)
    chatting.add_argument(
        "--as", dest="email", default="", metavar="EMAIL", help="be this member of staff; without it, a stranger"
    )
    _add(commands, "doctor", "say what is set up and what is missing", lambda _, config: doctor.run(config))
    _add_ask(commands)
    _add_policy(commands)
    _add_people(commands)
    _add_settings(commands)
    _add_sites(commands)
    _add_audit(commands)
    _add_request(commands)
    _add_due(commands)
    saving = _add(commands, "backup", "write a whole copy of the SQLite database, running or not", _backup)
    saving.add_argument("file", type=Path, help="the copy to write; it must not be there yet")
    restoring = _add(commands, "restore", "put a backup in the place of the SQLite database", _restore)
    restoring.add_argument("file", type=Path, help="a file that askfirst backup wrote")
    package = _add(commands, "teams-package", "make the app package to upload to Teams", _teams_package)
    package.add_argument("--host", required=True, help="the bot's public host name, such as askfirst.example.org")
    package.add_argument("--to", type=Path, default=Path("askfirst-teams.zip"), help="the file to write")
    return top


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    says: str,
    run: Callable[[argparse.Namespace, Config], int],
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=says, description=says)
    command.set_defaults(run=run)
    return command


def _add_ask(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _add(commands, "ask", "answer one question, or a file of them from standard input", _ask)
    command.add_argument("question", nargs="?", help="the question, in quotes")
    shape = command.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print one JSON object")
    shape.add_argument("--explain", action="store_true", help="print how the answer came about")
    shape.add_argument(
        "--jsonl", action="store_true", help="read questions from standard input, one JSON object a line"
    )


def _add_policy(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = commands.add_parser("policy", help="import the official document, show a clause")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    imports = _add(actions, "import", "quote this official document word for word", _policy_import)
    imports.add_argument("file", type=Path, help="the policy as plain text in UTF-8")
    show = _add(actions, "show", "print a clause", lambda options, config: policy.run_show(config, options.number))
    show.add_argument("number", help="5.4, A.4.11, form.host …")


def _add_people(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = commands.add_parser("people", help="import the staff list, erase a person")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    imports = _add(actions, "import", "compare a staff list with the directory, and take it in", _people_import)
    imports.add_argument("file", type=Path, help="the staff list as CSV in UTF-8 (docs/people.md)")
    imports.add_argument("--apply", action="store_true", help="do it; without this it is only said what would change")
    imports.add_argument(
        "--leavers-end", type=_day, metavar="DATE", help="the last day of everybody whom the list has not got"
    )
    erasing = _add(actions, "erase", "forget a person for good, and say what to look at", _people_erase)
    erasing.add_argument("email", help="the person's e-mail address in the directory")
    erasing.add_argument("--yes", action="store_true", help="do it; without this it is only said what would go")


def _add_settings(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = commands.add_parser("settings", help="import the academies, nurseries and services")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    imports = _add(actions, "import", "compare a settings file with the trust, and take it in", _settings_import)
    imports.add_argument("file", type=Path, help="the settings as TOML (docs/people.md)")
    imports.add_argument("--apply", action="store_true", help="do it; without this it is only said what would change")


def _add_sites(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = commands.add_parser("sites", help="import the sites that are there already")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    imports = _add(actions, "import", "compare a list of sites with the register, and take it in", _sites_import)
    imports.add_argument("file", type=Path, help="the list of sites as CSV in UTF-8 (docs/sites.md)")
    imports.add_argument("--apply", action="store_true", help="do it; without this it is only said what would change")


def _add_audit(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = commands.add_parser("audit", help="check that the record is whole, show what it says")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    _add(
        actions,
        "verify",
        "find rows that were changed, taken out or put in",
        lambda _, config: audit.run_verify(config),
    )
    show = _add(actions, "show", "print what was done to one subject", _audit_show)
    show.add_argument("subject", help="trust, person:E-MAIL, setting:ID, edition:NUMBER …")


def _add_request(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = commands.add_parser("request", help="print a request, check a paper, write all of them as a table")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    pdf = _add(actions, "pdf", "write the record of a request as a PDF", _request_pdf)
    pdf.add_argument("number", type=_request_number, help="12 or R-12")
    pdf.add_argument("file", type=Path, help="the PDF to write")
    check = _add(actions, "verify", "say whether a PDF is genuine and up to date", _request_verify)
    check.add_argument("file", type=Path, help="the PDF, or the verification code printed on it")
    export = _add(actions, "export", "write every request, answer and decision as CSV", _request_export)
    export.add_argument("file", type=Path, help="the CSV to write")


def _add_due(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _add(commands, "due", "print what people would be told on some days, without telling anybody", _due)
    command.add_argument("--from", dest="start", type=_day, required=True, metavar="DATE", help="the first day")
    command.add_argument("--to", dest="last", type=_day, required=True, metavar="DATE", help="the last day")
    command.add_argument("--person", default="", help="only what this person would be told; their e-mail address")
    command.add_argument("--site", default="", help="only what is about this site; its number, such as S-7, or name")
    command.add_argument("--csv", action="store_true", help="print a table")


def _chat(options: argparse.Namespace, config: Config) -> int:
    return chat.run(config, email=options.email)


def _ask(options: argparse.Namespace, config: Config) -> int:
    if options.jsonl:
        return ask.run_jsonl(config, read=sys.stdin, write=sys.stdout)
    if options.question is None:
        raise BadQuestions('Give a question in quotes: askfirst ask "Can I friend a parent?"')
    if options.explain:
        return ask.run_explain(config, options.question, write=sys.stdout)
    return ask.run(config, options.question, as_one_json=options.json, write=sys.stdout)


def _policy_import(options: argparse.Namespace, config: Config) -> int:
    return policy.run_import(config, options.file)


def _people_import(options: argparse.Namespace, config: Config) -> int:
    return people.run_import(config, options.file, apply=options.apply, leavers_end=options.leavers_end)


def _settings_import(options: argparse.Namespace, config: Config) -> int:
    return settings.run_import(config, options.file, apply=options.apply)


def _sites_import(options: argparse.Namespace, config: Config) -> int:
    return sites.run_import(config, options.file, apply=options.apply)


def _day(text: str) -> date:
    try:
        return read_day(text)
    except CellRefused as refusal:
        raise argparse.ArgumentTypeError(str(refusal)) from None


def _people_erase(options: argparse.Namespace, config: Config) -> int:
    return erase.run(config, options.email, is_meant=options.yes)


def _audit_show(options: argparse.Namespace, config: Config) -> int:
    return audit.run_show(config, options.subject)


def _request_pdf(options: argparse.Namespace, config: Config) -> int:
    return request.run_pdf(config, options.number, options.file)


def _request_verify(options: argparse.Namespace, config: Config) -> int:
    return request.run_verify(config, options.file)


def _request_export(options: argparse.Namespace, config: Config) -> int:
    return request.run_export(config, options.file)


def _due(options: argparse.Namespace, config: Config) -> int:
    return due.run(
        config,
        start=options.start,
        last=options.last,
        person=options.person,
        site=options.site,
        as_csv=options.csv,
    )


def _request_number(text: str) -> RequestId:
    number = text.upper().removeprefix("R-")
    if not (number.isascii() and number.isdigit() and len(number) < 10):  # noqa: PLR2004 - no database counts further
        raise argparse.ArgumentTypeError(f"'{text}' is not the number of a request, such as 12 or R-12")
    return RequestId(int(number))


def _backup(options: argparse.Namespace, config: Config) -> int:
    return backup.run_backup(config, options.file)


def _restore(options: argparse.Namespace, config: Config) -> int:
    return backup.run_restore(config, options.file)


def _teams_package(options: argparse.Namespace, config: Config) -> int:
    return teams_package.run(config, host=options.host, to=options.to)


if __name__ == "__main__":
    sys.exit(main())
