"""The page that a stranger meets first."""

from tests.journeys.browser import PHONE, findings


def test_a_stranger_meets_the_sign_in_page(page):
    page.goto("/")
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.url.split("?")[0].endswith("/accounts/login/")
    assert findings(page) == []


def test_the_sign_in_page_works_without_scripts_on_a_phone(new_page):
    page = new_page(viewport=PHONE, java_script_enabled=False)
    page.goto("/accounts/login/")
    page.locator("input[type=email]").fill("nobody@example.org")
    page.locator("main button[type=submit]").click()
    assert page.get_by_role("heading", level=1).count() == 1
