"""The main ways through the pages in a real browser: with and without scripts, by keyboard, at any width."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_help import WIDTHS, opened, overflowing
from playwright.sync_api import Browser, Page, expect

PAGES = (
    "",
    "reports",
    "actors",
    "search?q=convoy",
    "changes?since=2020-01-01",
    "review",
    "judgements",
    "add",
)


def everywhere(page: Page) -> list[str]:
    """Give the address of one page of each kind."""
    page.goto("/p/ledger/")
    dispute = page.locator("article.dispute h2 a").first.get_attribute("href")
    report = page.locator("figcaption a").first.get_attribute("href")
    page.goto(str(report))
    statement = page.locator(".margin .ways a").first.get_attribute("href")
    page.goto("/p/ledger/actors")
    actor = page.locator("td a").first.get_attribute("href")
    found = [f"/p/ledger/{each}" for each in PAGES]
    return [*found, str(dispute), str(report), str(statement), str(actor), "/nothing/here"]


def test_from_the_board_to_the_words_in_the_report(browser: Browser, served: str, scripted: bool) -> None:
    with opened(browser, served, scripted=scripted) as page:
        page.goto("/")
        expect(page.get_by_role("heading", level=1)).to_have_text("What is contested")
        page.locator("article.dispute h2 a").first.click()
        question = page.get_by_role("heading", level=1).inner_text()
        assert question.endswith("?")
        quote = page.locator(".position blockquote").first.inner_text()
        page.locator(".position figcaption a").first.click()
        mark = page.url.partition("#")[2]
        assert page.locator(f"#{mark}").is_visible() or page.locator(f"#{mark}").count() == 1
        words = re.sub(r"\W+", " ", page.locator(".body").inner_text())
        for part in quote.split("…"):
            assert re.sub(r"^\d+ ", "", re.sub(r"\W+", " ", part).strip())[:30] in words
        page.get_by_role("link", name="About", exact=False).first.click()
        expect(page.get_by_role("heading", name="Cite it")).to_be_visible()
        assert "characters" in page.locator("#citation").inner_text()


def test_a_correction_changes_the_board_and_is_undone(browser: Browser, served: str, scripted: bool) -> None:
    with opened(browser, served, scripted=scripted) as page:
        page.goto("/p/ledger/review")
        first = page.locator(".queue li").first
        before = first.get_attribute("id")
        first.get_by_label("Why").fill("seen in the log")
        first.get_by_role("button", name="No", exact=True).click()
        expect(page.get_by_role("status").filter(has_text="You decided")).to_be_visible()
        assert page.locator(".queue li").first.get_attribute("id") != before
        page.get_by_role("link", name="All decisions").click()
        expect(page.locator("tbody tr")).to_have_count(1)
        expect(page.locator("tbody tr")).to_contain_text("seen in the log")
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("tbody")).to_contain_text("taken back")


def test_the_board_is_narrowed_down(browser: Browser, served: str, scripted: bool) -> None:
    with opened(browser, served, scripted=scripted) as page:
        page.goto("/p/ledger/")
        disputes = page.locator("article.dispute")
        all_of_them = disputes.count()
        page.get_by_text("Narrow down").click()
        page.get_by_label("Words").fill("siren")
        if not scripted:
            page.get_by_role("button", name="Show", exact=True).first.click()
        expect(disputes).not_to_have_count(all_of_them)
        expect(disputes).not_to_have_count(0)
        expect(page).to_have_url(re.compile("words=siren"))
        page.get_by_role("link", name="Show all").click()
        expect(disputes).to_have_count(all_of_them)


def test_a_report_is_pasted_and_found(browser: Browser, served: str, scripted: bool) -> None:
    with opened(browser, served, scripted=scripted) as page:
        page.goto("/p/ledger/add")
        page.get_by_label("Title").fill("Ferry line denies cancelling the boat")
        text = page.get_by_role("textbox", name="Text", exact=True)
        text.fill("The night ferry was cancelled, spokeswoman Ida Brenn said. The line denied it.")
        page.get_by_role("button", name="Add text").click()
        expect(page.get_by_role("status")).to_contain_text("1 report added")
        page.get_by_role("searchbox", name="Search statements and reports").fill("ferry cancelled")
        page.get_by_role("button", name="Search").click()
        expect(page.locator(".hits blockquote").first).to_contain_text("night ferry")


def test_the_past_is_shown_and_left_again(browser: Browser, served: str, scripted: bool) -> None:
    with opened(browser, served, scripted=scripted) as page:
        page.goto("/p/ledger/")
        page.get_by_label("Show what was known at").fill("2020-01-01")
        page.locator("form.as-of").get_by_role("button").click()
        expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()
        page.get_by_role("link", name="Back to now").click()
        expect(page.locator("article.dispute")).not_to_have_count(0)


def test_everything_is_reached_with_the_keyboard(page: Page) -> None:
    page.goto("/p/ledger/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert inside
    page.goto("/p/ledger/review")
    ids = page.locator(".queue li[id]").evaluate_all("items => items.map(item => item.id)")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == ids[0]
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == ids[1]
    page.keyboard.press("k")
    with page.expect_navigation():
        page.keyboard.press("n")
    expect(page.get_by_role("status").filter(has_text="You decided")).to_be_visible()
    assert page.locator(".queue li").first.get_attribute("id") != ids[0]
    with page.expect_navigation():
        page.keyboard.press("u")
    assert page.locator(".queue li").first.get_attribute("id") == ids[0]


def test_every_control_shows_that_it_is_focused(page: Page) -> None:
    for address in everywhere(page)[:-1]:
        page.goto(address)
        hidden = page.evaluate(
            """() => [...document.querySelectorAll(
                'a[href], button, input:not([type=hidden]), select, textarea, summary')]
              .filter(each => each.checkVisibility())
              .filter(each => { each.focus({focusVisible: true}); const s = getComputedStyle(each);
                return document.activeElement === each && s.outlineStyle === 'none'
                  && s.boxShadow === 'none'; })
              .map(each => each.outerHTML.slice(0, 80))"""
        )
        assert hidden == [], address


@pytest.mark.parametrize("width", [*WIDTHS, 2560])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility_or_its_width(
    browser: Browser, served: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        base_url=served,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    for address in everywhere(page):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        assert overflowing(page) <= 0, (address, width)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
    context.close()


def test_long_words_and_other_scripts_fit(browser: Browser, served: str) -> None:
    with opened(browser, served, width=360) as page:
        page.goto("/p/ledger/add")
        page.get_by_label("Title").fill("‏قال متحدث باسم الجيش إن المدينة سقطت " + "Donaudampfschifffahrt" * 9)
        text = page.get_by_role("textbox", name="Text", exact=True)
        text.fill(f"The {'x' * 300} was lost, {'Aleksandrovich' * 12} said. \u202eThe army denied it.")
        page.get_by_role("button", name="Add text").click()
        page.goto("/p/ledger/reports")
        assert overflowing(page) <= 0
        page.locator("td a").first.click()
        assert overflowing(page) <= 0
        assert page.locator("h1").evaluate("each => getComputedStyle(each).direction") == "rtl"
