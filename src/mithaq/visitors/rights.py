"""Who may do what: four roles, each with all rights of the one before."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

Role = Literal["reader", "analyst", "moderator", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
# public: everybody, also who has not signed in. read: pages and answers. comment: write about a record. decide: whole texts, private notes,
# bring pages in, decide about facts. moderate: what readers write. administer: accounts and the log of changes.
Right = Literal["public", "read", "comment", "decide", "moderate", "administer"]
RIGHTS: tuple[Right, ...] = get_args(Right)
_FIRST: dict[Right, Role] = {
    "read": "reader", "comment": "reader", "decide": "analyst", "moderate": "moderator", "administer": "admin",
}  # fmt: skip


class Visitor(msgspec.Struct, frozen=True):
    """Who asks: the name of an account and its role; "" and None for somebody who has not signed in.

    ``alone`` says that this machine's user is the only one, without accounts: decisions then carry the name that they type.
    """

    name: str = ""
    role: Role | None = None
    alone: bool = False

    def may(self, right: Right) -> bool:
        """Say whether this visitor has a right."""
        if right == "public":
            return True
        return self.role is not None and ROLES.index(self.role) >= ROLES.index(_FIRST[right])


ALONE = Visitor("", "admin", alone=True)
STRANGER = Visitor()
# Somebody who has not signed in, where the site is open to all readers.
ANYBODY = Visitor("", "reader")
