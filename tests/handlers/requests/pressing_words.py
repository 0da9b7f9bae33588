"""What people may type, and what may stand on a forged button."""

from __future__ import annotations

from hypothesis import strategies as st

TEXTS = st.sampled_from(
    [
        "",
        " ",
        "Because I say so.",
        "yes",
        "2026-11-23",
        "2027-13-99",
        "\0",
        "é🙂" * 40,
        "=1+1",
        "x" * 4000,
        "Tom and Grace",
    ]
)
PHRASES = st.sampled_from(
    [
        "what's waiting for me?",
        "my requests",
        "resume",
        "review",
        "send it",
        "change purpose",
        "back",
        "keep it",
        "skip",
        "site form",
        "logo form",
        "hello",
        "cancel it",
        "yes, cancel it",
        "Daniel acts for me until Friday",
        "Priya acts for me this week",
        "Can I friend a parent?",
        "All parents of Year 9, and the choir.",
    ]
)
NAMES = st.sampled_from(
    [
        *("line_manager", "head", "slt_consulted", "deputy_dpo", "dpo_consulted", "author_confirms", "brand"),
        *("no_such_step", "purpose", "author", "moderators", "go_live", "setting", "logo"),
    ]
)
ABOUTS = st.one_of(
    st.builds("{}:{}:{}".format, st.integers(0, 3), NAMES, st.integers(0, 3)),
    st.builds("{}:{}".format, st.integers(0, 3), NAMES),
    st.integers(0, 3).map(str),
    st.sampled_from(
        [
            *("", ":", "site", "site:1", "logo:new", "1:head:1:decline", "999999999:head:1", "99999999999"),
            *("-1:head:1", "1:head:999999", "1:host:third_party", "1:moderators:1+tom-example", "1:author:~"),
            *("1:purpose:=", "1 :head", "grace-sample:2026-11-24:2026-11-30", "nobody:2026-11-30:2026-11-24"),
            *("5.4", "x" * 150, "1:1", "1:99"),
        ]
    ),
)
