"""One resident's whole matter in a real browser at a phone's size: from a question to a verified licence.

Screenshots are kept under `artifacts/` to be looked at.
"""

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    FilePayload,
    Locator,
    Page,
    expect,
    sync_playwright,
)

from tests.journeys.processes import free_port, house
from tests.world import picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = "19900001234"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PICTURES = Path("artifacts/journey")


@dataclass(frozen=True)
class County:
    """Where a running sample county and its emulators answer."""

    address: str
    emulators: str

    def sms_code(self, phone: str) -> str:
        """The last sign-in code a telephone received, waiting for it up to ten seconds."""
        for _ in range(50):
            inbox = httpx2.get(f"{self.emulators}/sms/_inbox", params={"to": phone}).text
            if found := re.findall(r'"code":\s*"(\d{6})"', inbox):
                return str(found[-1])
            time.sleep(0.2)
        raise AssertionError(f"no code came to {phone}")

    def one_time_code(self, staff_number: str) -> str:
        """What the officer's authenticator shows now."""
        return str(httpx2.get(f"{self.emulators}/totp/codes").json()[staff_number])


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    if not Path("miniprogram/dist/h5/index.html").is_file():
        if os.environ.get("CI") == "true":
            raise AssertionError("the H5 page is not built; make test builds it")
        pytest.skip("the H5 page is not built (make test builds it where Node is)")
    with house(tmp_path_factory.mktemp("county"), EMULATOR_PORT=str(free_port())) as made:
        served = made.serve("run")
        yield County(served.address, f"http://127.0.0.1:{made.environment['EMULATOR_PORT']}/emulators")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists() and os.environ.get("CI") != "true":
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def phone(browser: Browser, county: County) -> Iterator[Page]:
    """A phone that may speak to the county only."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True, locale="zh-CN"
    )
    page = context.new_page()
    foreign: list[str] = []
    page.on("request", lambda asked: foreign.append(asked.url) if _is_foreign(asked.url, county) else None)
    yield page
    context.close()
    assert foreign == []


def _is_foreign(url: str, county: County) -> bool:
    return not url.startswith((county.address, "data:", "blob:"))


def test_from_a_question_to_a_verified_licence(phone: Page, browser: Browser, county: County) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    _ask_and_read_the_guide(phone, county)
    _start_and_sign_in(phone, county)
    _fill_in_and_file(phone)
    number = _receipt(phone)
    desk = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    try:
        _decide_at_the_desk(desk, county, number)
    finally:
        desk.close()
    _see_the_licence(phone, county)
    _verify(phone, county)


def _shoot(page: Page, name: str) -> None:
    page.wait_for_timeout(300)
    page.screenshot(path=PICTURES / f"{name}.png")


def _ask_and_read_the_guide(phone: Page, county: County) -> None:
    phone.goto(county.address)
    expect(phone.get_by_text("桓台一次办好").first).to_be_visible()
    _shoot(phone, "01-home")
    phone.goto(f"{county.address}/#/pages/assistant/chat")
    phone.locator("input, textarea").first.fill("想开个小饭馆要办啥证")
    phone.keyboard.press("Enter")
    choice = phone.get_by_text("有店堂、面积较大或卖散装食品的餐饮、食品店", exact=True).last
    expect(choice).to_be_visible()
    _shoot(phone, "02-asked")
    choice.click()
    guide = phone.get_by_text("看办事指南").last
    expect(guide).to_be_visible()
    _shoot(phone, "03-answered")
    guide.click()
    expect(phone.get_by_text("几天办好")).to_be_visible()
    _shoot(phone, "04-guide")


def _start_and_sign_in(phone: Page, county: County) -> None:
    _press(phone, "开始办理")
    expect(phone.get_by_text("登录后，办事不用再跑")).to_be_visible()
    fields = _shown_inputs(phone)
    fields.nth(0).fill(PHONE)
    _press(phone, re.compile("获取验证码|发送验证码"))
    fields.nth(1).fill(county.sms_code(PHONE))
    _shoot(phone, "05-sign-in")
    _press(phone, "登录")
    expect(phone.get_by_text("尚未提交").first).to_be_visible()


def _shown_inputs(page: Page) -> Locator:
    return page.locator("uni-page:visible input:visible")


def _press(page: Page, label: str | re.Pattern[str]) -> None:
    """Press a button that can be seen; pages below it in the stack keep theirs."""
    page.get_by_role("button", name=label).locator("visible=true").last.click()


def _fill_in_and_file(phone: Page) -> None:
    for field in phone.locator(".field").all():
        _fill(field)
    expect(phone.get_by_text("已保存").first).to_be_visible(timeout=10_000)
    _shoot(phone, "06-form")
    _upload(phone)
    _shoot(phone, "07-materials")
    phone.screenshot(path=PICTURES / "07-form-whole.png", full_page=True)
    _press(phone, re.compile("下一步|核对"))
    expect(phone.get_by_text("填写的信息").last).to_be_visible()
    _shoot(phone, "08-review")
    phone.get_by_text("以上内容和材料是真实的").click()
    _press(phone, "提交申请")


SAMPLES = {
    "身份证": "370399195001010011",
    "信用代码": "91370399MA0000000L",
    "电话": PHONE,
    "面积": "60",
    "人数": "3",
    "姓名": "王秀兰",
    "名称": "桓台示例小饭馆",
    "场所": "桓台县索镇示例街 1 号",
    "地址": "桓台县索镇示例街 1 号",
}


def _fill(field: Locator) -> None:
    label = field.locator(".field__label").inner_text()
    choices = field.locator(".field__choice")
    if choices.count():
        choices.first.click()
        return
    box = field.locator("input, textarea")
    if box.count():
        box.first.fill(next((text for word, text in SAMPLES.items() if word in label), "示例内容"))


def _upload(phone: Page) -> None:
    phone.get_by_role("button", name="上传", exact=True).first.click()
    _shoot(phone, "07-origin")
    with phone.expect_file_chooser() as chooser:
        phone.get_by_text(re.compile("相册")).locator("visible=true").first.click()
    photo = FilePayload(name="申请书.jpg", mimeType="image/jpeg", buffer=picture("申请书"))
    chooser.value.set_files([photo])
    expect(phone.get_by_text(re.compile("· 已上传")).first).to_be_visible(timeout=15_000)


def _receipt(phone: Page) -> str:
    number = phone.get_by_text(re.compile(r"\d{6}-\d{8}-\d{5}")).last
    expect(number).to_be_visible(timeout=15_000)
    _shoot(phone, "09-receipt")
    found = re.search(r"\d{6}-\d{8}-\d{5}", number.inner_text())
    assert found
    _press(phone, "看办件进度")
    expect(phone.get_by_text("何时前").locator("visible=true").first).to_be_visible()
    _shoot(phone, "09-progress")
    return found[0]


def _decide_at_the_desk(desk: BrowserContext, county: County, number: str) -> None:
    page = desk.new_page()
    page.on("dialog", lambda asked: asked.accept())  # what cannot be taken back is asked once more
    page.goto(f"{county.address}/console")
    entries = page.locator("form input:not([type=hidden])")
    entries.nth(0).fill("1002")
    entries.nth(1).fill("huantai-sample-2018")
    entries.nth(2).fill(county.one_time_code("1002"))
    page.keyboard.press("Enter")
    page.get_by_role("link", name=number).click()
    page.get_by_role("button", name="领取").first.click()
    _shoot(page, "10-desk")
    page.get_by_role("button", name="受理", exact=True).click()
    expect(page.get_by_text("审查中").first).to_be_visible()
    expect(page.get_by_role("button", name="准予许可")).to_be_visible()
    _shoot(page, "11-desk-grant")
    page.get_by_role("checkbox", name="长期有效").check()
    page.get_by_role("button", name="准予许可").click()
    expect(page.get_by_text("准予许可").first).to_be_visible()
    _shoot(page, "12-desk-granted")


def _see_the_licence(phone: Page, county: County) -> None:
    phone.goto(f"{county.address}/#/pages/cases/cases")
    phone.get_by_role("tab", name=re.compile("办结|已办")).click()
    case = phone.get_by_text("食品经营许可").locator("visible=true").first
    expect(case).to_be_visible()
    _shoot(phone, "13-cases")
    case.click()
    expect(phone.get_by_text("准予许可").last).to_be_visible()
    phone.wait_for_timeout(2500)
    phone.reload()
    expect(phone.get_by_text(re.compile("查看.*电子证照|电子证照")).first).to_be_visible()
    _shoot(phone, "14-case")
    phone.screenshot(path=PICTURES / "14-case-whole.png", full_page=True)
    phone.goto(f"{county.address}/#/pages/licences/licences")
    phone.get_by_text("食品经营许可").locator("visible=true").first.click()
    expect(phone.get_by_text(re.compile("有效")).locator("visible=true").first).to_be_visible(timeout=20_000)
    _shoot(phone, "15-licence")


def _verify(phone: Page, county: County) -> None:
    address = phone.get_by_text(f"{county.address}/verify/").locator("visible=true").first
    phone.goto(address.inner_text().strip())
    expect(phone.get_by_text("有效").first).to_be_visible()
    _shoot(phone, "16-verified")
