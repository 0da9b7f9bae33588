"""The askfirst command."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands import ask, chat, doctor, policy, serve, teams_package
from bot.commands.ask import BadQuestions
from bot.commands.policy import UnreadableFile
from bot.config import ConfigError, read_config
from handlers.owner import NoSuchClause
from policy_kb.parse import DocumentError
from policy_kb.toml_entries import EditionError
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.config import Config

# What a person can mend: shown as a sentence. Anything else is a fault of ours and shows itself whole.
MENDABLE = (BadQuestions, ConfigError, DocumentError, EditionError, NoSuchClause, StorageError, UnreadableFile)
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
    _add(commands, "chat", "hold the conversation in this shell", lambda _, config: chat.run(config))
    _add(commands, "doctor", "say what is set up and what is missing", lambda _, config: doctor.run(config))
    _add_ask(commands)
    _add_policy(commands)
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


def _ask(options: argparse.Namespace, config: Config) -> int:
    if options.jsonl:
        return ask.run_jsonl(config, read=sys.stdin, write=sys.stdout)
    if options.question is None:
        raise BadQuestions('Give a question in quotes: askfirst ask "Can I friend a parent?"')
    return ask.run(config, options.question, as_one_json=options.json, write=sys.stdout)


def _policy_import(options: argparse.Namespace, config: Config) -> int:
    return policy.run_import(config, options.file)


def _teams_package(options: argparse.Namespace, config: Config) -> int:
    return teams_package.run(config, host=options.host, to=options.to)


if __name__ == "__main__":
    sys.exit(main())
