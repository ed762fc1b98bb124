"""Refusals of signing in and proving who one is."""

from dataclasses import dataclass
from datetime import datetime

from backend.kernel.actors import Role
from backend.kernel.errors import DomainError, ErrorKind


@dataclass(eq=False)
class WeChatCodeRefused(DomainError):
    """WeChat does not know the code: used, older than five minutes, or made up."""

    code = "identity.wechat_code_refused"
    kind = ErrorKind.INVALID

    @property
    def message(self) -> str:
        return "微信授权已失效，请返回后重新点一次；还不行的话可以改用手机号和验证码。"


@dataclass(eq=False)
class WeChatTooOften(DomainError):
    code = "identity.wechat_too_often"
    kind = ErrorKind.TOO_MANY

    @property
    def message(self) -> str:
        return "微信登录太频繁了，请过一分钟再试，或者改用手机号和验证码登录。"


@dataclass(eq=False)
class PhoneCodeWrong(DomainError):
    code = "identity.phone_code_wrong"
    kind = ErrorKind.INVALID
    tries_left: int

    @property
    def message(self) -> str:
        return f"验证码不对，请对照短信重新填写，还可以试 {self.tries_left} 次。"


@dataclass(eq=False)
class PhoneCodeOver(DomainError):
    """No code, too old, used, or tried too often: in each case the way on is a new one."""

    code = "identity.phone_code_over"
    kind = ErrorKind.GONE

    @property
    def message(self) -> str:
        return "验证码已失效，请点“获取验证码”重新获取。"


@dataclass(eq=False)
class PhoneCodeTooSoon(DomainError):
    code = "identity.phone_code_too_soon"
    kind = ErrorKind.TOO_MANY
    wait_seconds: int

    @property
    def message(self) -> str:
        return f"验证码已发送，没收到的话请在 {self.wait_seconds} 秒后重新获取。"


@dataclass(eq=False)
class PhoneCodesUsedUp(DomainError):
    code = "identity.phone_codes_used_up"
    kind = ErrorKind.TOO_MANY

    @property
    def message(self) -> str:
        return "这个手机号今天获取验证码的次数已用完，请明天再试，或者用微信登录、到窗口办理。"


@dataclass(eq=False)
class PhoneTaken(DomainError):
    code = "identity.phone_taken"
    kind = ErrorKind.CONFLICT

    @property
    def message(self) -> str:
        return "这个手机号已绑定另一个账户，请换一个手机号，或者退出后用这个手机号登录。"


@dataclass(eq=False)
class PhoneAbroad(DomainError):
    """Without its country code a number abroad may look like, and open, somebody else's account here."""

    code = "identity.phone_abroad"
    kind = ErrorKind.INVALID

    @property
    def message(self) -> str:
        return "微信里登记的不是中国内地手机号，请换用短信验证码绑定内地手机号，或到窗口办理。"


@dataclass(eq=False)
class RealNameMismatch(DomainError):
    code = "identity.real_name_mismatch"
    kind = ErrorKind.INVALID

    @property
    def message(self) -> str:
        return "姓名和身份证号对不上，请对照身份证检查后重填；信息有变动的请带身份证到窗口核对。"


@dataclass(eq=False)
class RealNameFixed(DomainError):
    """An account that proved its real name cannot become another person's."""

    code = "identity.real_name_fixed"
    kind = ErrorKind.CONFLICT

    @property
    def message(self) -> str:
        return "这个账户已经用另一个身份证号实名，不能更换；替别人办事请让对方登录后授权，或到窗口办理。"


@dataclass(eq=False)
class NoSuchPerson(DomainError):
    code = "identity.no_such_person"
    kind = ErrorKind.NOT_FOUND

    @property
    def message(self) -> str:
        return "没有找到这个账户，请重新登录。"


@dataclass(eq=False)
class NoSuchSession(DomainError):
    code = "identity.no_such_session"
    kind = ErrorKind.NOT_FOUND

    @property
    def message(self) -> str:
        return "这个登录已经退出了，请刷新列表查看。"


@dataclass(eq=False)
class NoSuchOfficer(DomainError):
    code = "identity.no_such_officer"
    kind = ErrorKind.NOT_FOUND

    @property
    def message(self) -> str:
        return "没有找到这位工作人员，请检查工号。"


@dataclass(eq=False)
class OfficerCredentialsWrong(DomainError):
    """One of staff number, password and code is wrong; which one is not told."""

    code = "identity.officer_credentials_wrong"
    kind = ErrorKind.UNAUTHENTICATED

    @property
    def message(self) -> str:
        return "工号、密码或动态口令不对，请检查后重试；连续输错五次会锁定十五分钟。"


@dataclass(eq=False)
class OneTimeCodeUsed(DomainError):
    code = "identity.one_time_code_used"
    kind = ErrorKind.UNAUTHENTICATED

    @property
    def message(self) -> str:
        return "这个动态口令已经用过，请等认证器换出下一个（最多三十秒）再登录。"


@dataclass(eq=False)
class OfficerLocked(DomainError):
    code = "identity.officer_locked"
    kind = ErrorKind.TOO_MANY
    until: datetime

    @property
    def message(self) -> str:
        return f"连续输错次数过多，账户已锁定，请在 {self.until:%H:%M} 之后再试，或联系系统管理员。"


@dataclass(eq=False)
class StaffNumberTaken(DomainError):
    code = "identity.staff_number_taken"
    kind = ErrorKind.CONFLICT
    staff_number: str

    @property
    def message(self) -> str:
        return f"工号 {self.staff_number} 已经有人使用，请换一个。"


@dataclass(eq=False)
class RolesExcludeEachOther(DomainError):
    """系统管理员、安全保密管理员、安全审计员 are separated from each other and from the business."""

    code = "identity.roles_exclude_each_other"
    kind = ErrorKind.INVALID
    pairs: tuple[tuple[Role, Role], ...]

    @property
    def message(self) -> str:
        return "系统管理员、安全保密管理员、安全审计员不能互相兼任，也不能兼任业务岗位，请分别指定人员。"
