"""The people who use a served site: their accounts, what they may do, what they did, and what readers write about the record.

All of it lies in a file of its own beside the workspace's database: nothing of it is ever evidence, and no export holds it.
"""

from mithaq.visitors.accounts import Accounts
from mithaq.visitors.comments import Comments
from mithaq.visitors.file import VISITORS, VisitorsFile
from mithaq.visitors.rights import ROLES, Right, Role, Visitor

__all__ = ["ROLES", "VISITORS", "Accounts", "Comments", "Right", "Role", "Visitor", "VisitorsFile"]
