"""Passwords hashed as quickly as argon2 can, for tests alone."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from mithaq.visitors import accounts

PASSWORD = "four words make one"


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords with the least work."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_hasher", lambda: hasher)
    accounts._nobody.cache_clear()
