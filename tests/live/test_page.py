"""The page in a real browser."""

import threading
import time

import pytest
import uvicorn
from playwright.sync_api import ConsoleMessage, sync_playwright

from annotate.server import free_port
from api.app import create_app
from api.settings import Settings

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def address(tagger):
    port = free_port()
    config = uvicorn.Config(
        create_app(Settings(), tagger), host="127.0.0.1", port=port, log_level="error"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}/"
    server.should_exit = True
    thread.join()


def test_paste_a_report(address, browser_program):
    text = (
        "一、深化医改\n医共体建设更加深入。\n二、基层\n"
        "136家村卫生室达<script>document.title='owned'</script>省基本标准。\n"
    )
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=browser_program, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        problems: list[str] = []

        def note(said: ConsoleMessage) -> None:
            if said.type == "error":
                problems.append(said.text)

        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", note)
        page.goto(address)
        page.fill("#text", text)
        page.click("button[type=submit]")
        page.locator("#sentences li").nth(1).wait_for()
        assert page.locator("#sentences li").count() == 2
        assert page.locator("#sentences .theme").all_inner_texts() == ["医改", "基层"]
        assert page.locator("#sentences mark").count() >= 2
        assert "<script>" in page.locator("#sentences").inner_text()
        assert page.title() == "政策主题"
        page.locator("#counts button", has_text="基层").click()
        assert page.locator("#sentences li").count() == 1
        page.fill("#text", " ")
        page.click("button[type=submit]")
        page.get_by_text("不能标注").wait_for()
        browser.close()
    assert [said for said in problems if "422" not in said] == []
