"""GraphiQL in a real browser that reaches nothing but the server."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Page, Route, expect, sync_playwright

from tests.support.demo import demo_server
from tests.support.workshop import apart

pytestmark = pytest.mark.long

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 60_000
"""Milliseconds; a busy machine takes its time."""


CLICK_AT_ONCE = """
requestAnimationFrame(function watch() {
    const button = document.querySelector(".graphiql-execute-button");
    if (button?.checkVisibility({ visibilityProperty: true })) button.click();
    else requestAnimationFrame(watch);
});
"""
"""Clicks in the first frame in which somebody could see the button."""

RUN_LIVE_AT_ONCE = """
[...document.querySelectorAll(".graphiql-tab-button")].find((tab) => tab.textContent.includes("Live")).click();
requestAnimationFrame(function watch() {
    const shown = document.querySelector(".graphiql-query-editor").textContent;
    if (shown.includes("subscription")) document.querySelector(".graphiql-execute-button").click();
    else requestAnimationFrame(watch);
});
"""
"""Runs the tab in the first frame that shows its document, sooner than GraphiQL reads it."""


def find_browser() -> str:
    """The machine's Chromium; `.ci/run` installs it."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, f"this proof needs one of {', '.join(BROWSERS)} on the PATH"
    return found


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Give the address of the demo's server."""
    with demo_server(tmp_path) as server:
        yield server.url


def _open(page: Page, address: str, asked_outside: list[str]) -> None:
    def only_here(route: Route) -> None:
        if route.request.url.startswith((address, "data:", "blob:")):
            route.continue_()
        else:
            asked_outside.append(route.request.url)
            route.abort()

    page.route("**/*", only_here)
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/graphiql/")


def _run_first_tab(address: str, screenshot: Path) -> tuple[str, list[str], list[str]]:
    asked_outside: list[str] = []
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.add_init_script(CLICK_AT_ONCE)
        _open(page, address, asked_outside)
        expect(page.get_by_text("Jana Vogt (agent)")).to_be_attached(timeout=PATIENCE)
        answer = page.locator(".graphiql-response")
        expect(answer).to_contain_text("totalCount", timeout=PATIENCE)
        text = " ".join(answer.inner_text().split())
        page.screenshot(path=screenshot)
        browser.close()
    return text, asked_outside, complaints


def test_a_query_runs_with_the_network_off(address: str, tmp_path: Path) -> None:
    """The first tab runs however early it is told to; the page asks nobody but its server and reports no error."""
    screenshot = Path(os.environ.get("LEADGATE_SCREENSHOTS", tmp_path)) / "graphiql.png"
    text, asked_outside, complaints = apart(_run_first_tab, address, screenshot)
    assert "Jana Vogt" in text
    assert asked_outside == []
    assert complaints == []
    assert screenshot.stat().st_size > 0


def _take_a_lead(address: str) -> None:
    """Accept a new lead, as the demo's second user."""
    with httpx2.Client(base_url=address, timeout=PATIENCE / 1000) as http:
        http.headers["Authorization"] = f"Bearer {http.get('/demo/users').json()[1]['token']}"
        new = {"query": "{ leads(filter: {statuses: [NEW]}, first: 1) { nodes { id } } }"}
        lead = http.post("/graphql", json=new).json()["data"]["leads"]["nodes"][0]["id"]
        taking = f'mutation {{ acceptLead(input: {{leadId: "{lead}"}}) {{ errors {{ __typename }} }} }}'
        assert http.post("/graphql", json={"query": taking}).json()["data"]["acceptLead"] == {"errors": []}


def _subscribe_in_its_tab(address: str) -> tuple[str, list[str]]:
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        _open(page, address, complaints)
        expect(page.get_by_text("Jana Vogt (agent)")).to_be_attached(timeout=PATIENCE)
        expect(page.locator(".graphiql-execute-button")).to_be_visible(timeout=PATIENCE)
        page.evaluate(RUN_LIVE_AT_ONCE)
        answer = page.locator(".graphiql-response")
        expect(answer).to_contain_text("READY", timeout=PATIENCE)
        _take_a_lead(address)
        expect(answer).to_contain_text("TAKEN", timeout=PATIENCE)
        text = " ".join(answer.inner_text().split())
        browser.close()
    return text, complaints


def test_a_subscription_runs_under_the_strict_policy(address: str) -> None:
    """Its tab, run as soon as it is selected, is told of a lead that another user takes, over a socket."""
    text, complaints = apart(_subscribe_in_its_tab, address)
    assert '"change": "TAKEN"' in text
    assert complaints == []
