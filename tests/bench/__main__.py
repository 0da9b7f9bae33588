"""`make bench`: every benchmark, one after another."""

from __future__ import annotations

from tests.bench import answers, growth, outbox, reminders, rota, search, serving


def main() -> None:
    """Run them all."""
    for benchmark in (search, answers, growth, serving, outbox, rota, reminders):
        name = benchmark.__name__.rpartition(".")[2]
        print(f"\n== {name}")
        benchmark.main()


if __name__ == "__main__":
    main()
