"""`make bench`: every benchmark, one after another."""

from __future__ import annotations

from tests.bench import answers, outbox, search, serving


def main() -> None:
    """Run them all."""
    for name, benchmark in (("search", search), ("answers", answers), ("serving", serving), ("outbox", outbox)):
        print(f"\n== {name}")
        benchmark.main()


if __name__ == "__main__":
    main()
