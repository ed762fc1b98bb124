"""What may be printed on a licence without anybody writing it there."""

from backend.cases.types import FormLine
from backend.catalog.types import FieldType, FormField
from backend.console.grounds import printed_lines


def test_numbers_that_identify_and_the_holders_name_are_left_out() -> None:
    fields = [
        FormField(key="applicant_name", label="姓名", type=FieldType.TEXT),
        FormField(key="id", label="身份证号", type=FieldType.ID_NUMBER),
        FormField(key="phone", label="电话", type=FieldType.PHONE),
        FormField(key="note", label="说明", type=FieldType.TEXTAREA),
        FormField(key="place", label="经营场所", type=FieldType.ADDRESS),
        FormField(key="scope", label="经营项目", type=FieldType.MULTI, options=("热食", "冷食")),
    ]
    form = [FormLine(each.key, each.label, "热食\n冷食" if each.key == "scope" else "值") for each in fields]
    assert printed_lines(form, fields) == (("经营场所", "值"), ("经营项目", "热食、冷食"))
