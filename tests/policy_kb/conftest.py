"""The real edition and the real models, loaded once."""

from __future__ import annotations

import pytest

from policy_kb.answer import Answerer
from policy_kb.models import shipped_models
from policy_kb.view import PolicyView, load_view


@pytest.fixture(scope="session")
def view() -> PolicyView:
    return load_view()


@pytest.fixture(scope="session")
def answerer(view: PolicyView) -> Answerer:
    return Answerer(view, shipped_models())
