"""Who acts. Every use case receives an `Actor`; the journal writes it down."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    VISITOR = "visitor"  # nobody has signed in
    PERSON = "person"  # 申请人或其代理人
    OFFICER = "officer"  # 工作人员
    SYSTEM = "system"  # the worker and the commands


class Role(StrEnum):
    """What an officer may do. An officer may hold several; some exclude each other (三员分立)."""

    WINDOW_CLERK = "window_clerk"  # 窗口收件
    REVIEWER = "reviewer"  # 审查
    HEAD = "head"  # 负责人
    INSPECTOR = "inspector"  # 踏勘
    TOWN_CLERK = "town_clerk"  # 镇街便民中心
    SUPERVISION_CONTACT = "supervision_contact"  # 监管部门联络员
    CATALOGUE_EDITOR = "catalogue_editor"  # 事项编制
    CATALOGUE_PUBLISHER = "catalogue_publisher"  # 事项发布
    AUDITOR = "auditor"  # 案卷抽查
    SYSTEM_ADMIN = "system_admin"  # 系统管理员
    SECURITY_ADMIN = "security_admin"  # 安全保密管理员
    AUDIT_ADMIN = "audit_admin"  # 安全审计员


@dataclass(frozen=True)
class Actor:
    """The one who does something, as proven by their session.

    `id` is the person's or officer's row; nil for the visitor and the system.
    `label` is safe to show and to log: an officer's staff number, never a resident's name.
    """

    kind: ActorKind
    id: UUID
    label: str
    roles: frozenset[Role] = frozenset()
    session_id: UUID | None = None

    @property
    def is_person(self) -> bool:
        return self.kind is ActorKind.PERSON

    @property
    def is_officer(self) -> bool:
        return self.kind is ActorKind.OFFICER

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds any of the roles."""
        return not self.roles.isdisjoint(roles)


NOBODY = UUID(int=0)
VISITOR = Actor(ActorKind.VISITOR, NOBODY, "visitor")
SYSTEM = Actor(ActorKind.SYSTEM, NOBODY, "system")
