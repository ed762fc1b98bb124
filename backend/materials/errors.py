"""Why a file was not taken, in words that help the person holding the phone."""

from dataclasses import dataclass

from backend.kernel.errors import DomainError, ErrorKind


@dataclass(eq=False)
class FileTooLarge(DomainError):
    code = "materials.file_too_large"
    kind = ErrorKind.TOO_LARGE
    size: int
    limit: int

    @property
    def message(self) -> str:
        return (
            f"这个文件有 {self.size / 1048576:.1f} MB，超过了 {self.limit // 1048576} MB。"
            "请把照片分辨率调低一些重拍，或者分成几个文件上传。"
        )


@dataclass(eq=False)
class FileEmpty(DomainError):
    code = "materials.file_empty"
    kind = ErrorKind.INVALID

    @property
    def message(self) -> str:
        return "这个文件是空的，可能没有传完。请重新选择文件再上传一次。"


@dataclass(eq=False)
class FileKindUnknown(DomainError):
    """Not on the allow-list. `looks_like` says what it is where that helps: word, sheet, video…"""

    code = "materials.file_kind_unknown"
    kind = ErrorKind.INVALID
    looks_like: str = ""

    @property
    def message(self) -> str:
        return {
            "word": "这是 Word 文档，请先另存为 PDF，或者打印出来拍照上传。",
            "sheet": "这是电子表格，请先另存为 PDF，或者打印出来拍照上传。",
            "slides": "这是演示文稿，请先另存为 PDF 再上传。",
            "archive": "这是压缩包，请解压以后把里面的照片或 PDF 一个一个上传。",
            "video": "这是一段视频，请改拍照片上传。",
            "audio": "这是一段录音，请改拍照片或上传 PDF。",
            "picture": "这种图片格式看不了。请打开图片截一张屏，把截图上传；或者用手机相机重新拍。",
        }.get(self.looks_like, "这种文件看不了。请上传照片（手机直接拍就行）或者 PDF 文件。")


@dataclass(eq=False)
class PictureDamaged(DomainError):
    code = "materials.picture_damaged"
    kind = ErrorKind.INVALID

    @property
    def message(self) -> str:
        return "这张照片打不开，可能没有传完或者坏了。请重新拍一张再上传。"


@dataclass(eq=False)
class PictureTooBig(DomainError):
    code = "materials.picture_too_big"
    kind = ErrorKind.TOO_LARGE

    @property
    def message(self) -> str:
        return "这张照片尺寸太大。请在相机设置里选小一点的照片尺寸（比如 1200 万像素）重新拍。"


@dataclass(eq=False)
class PdfDamaged(DomainError):
    code = "materials.pdf_damaged"
    kind = ErrorKind.INVALID

    @property
    def message(self) -> str:
        return "这个 PDF 打不开，可能没有传完或者坏了。请重新导出一份，或者打印出来拍照上传。"


@dataclass(eq=False)
class PdfEncrypted(DomainError):
    code = "materials.pdf_encrypted"
    kind = ErrorKind.INVALID

    @property
    def message(self) -> str:
        return "这个 PDF 设了密码或者限制，工作人员看不了。请去掉密码后再上传，或者打印出来拍照上传。"


@dataclass(eq=False)
class PdfActive(DomainError):
    code = "materials.pdf_active"
    kind = ErrorKind.INVALID

    @property
    def message(self) -> str:
        return "这个 PDF 里带有会自动运行的内容，不能接收。请用“打印成 PDF”另存一份，或者拍照上传。"


@dataclass(eq=False)
class TooManyFiles(DomainError):
    code = "materials.too_many_files"
    kind = ErrorKind.CONFLICT
    limit: int

    @property
    def message(self) -> str:
        return f"这一项材料最多传 {self.limit} 个文件。请先删掉不需要的，或者把多页合成一个 PDF。"


@dataclass(eq=False)
class NoSuchFile(DomainError):
    code = "materials.no_such_file"
    kind = ErrorKind.NOT_FOUND

    @property
    def message(self) -> str:
        return "没有找到这个文件，可能已经删除。请回到材料列表看看。"


@dataclass(eq=False)
class AlreadyReceived(DomainError):
    code = "materials.already_received"
    kind = ErrorKind.CONFLICT

    @property
    def message(self) -> str:
        return "这个文件已经随申请交到窗口，不能删除。如果传错了，请补传正确的文件并告诉工作人员。"
