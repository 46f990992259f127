"""What an integrator and an administrator do on the screens of the API and its webhooks."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

DOCS = "/stockex/api/docs"


def choose_menu(page: Page, *names: str) -> None:
    """Go the way that a sentence such as “Stockex › Connections › Webhooks” says."""
    app, section, *items = names
    page.click(".o_navbar_apps_menu button")
    page.locator(".o-dropdown--menu .o_app").get_by_text(app, exact=True).click()
    page.locator(".o_menu_sections").get_by_role("button", name=section, exact=True).click()
    page.locator(".o-dropdown--menu").get_by_role("menuitem", name=items[-1], exact=True).click()
    expect(page.locator(".o_breadcrumb")).to_contain_text(items[-1], ignore_case=True)


def dialog(page: Page) -> Locator:
    """Return the dialog on top."""
    return page.locator(".modal-dialog").last


def copied(page: Page) -> str:
    """Read what a dialog shows this once, close it, and see that it is gone."""
    shown = dialog(page).locator(".o_stockex_secret")
    expect(shown).to_be_visible()
    text = shown.inner_text().split()[0]
    dialog(page).get_by_role("button", name="I have copied it").click()
    expect(page.locator(".modal-dialog")).to_have_count(0)
    assert text not in page.content()
    return text


def tick(box: Locator) -> None:
    """Tick a box; Odoo draws it a moment after the click."""
    box.click()
    expect(box).to_be_checked()


# --- Swagger UI ---


def read_docs(page: Page, chromium: Any) -> set[str]:
    """Open the documentation; return method and path of all that it lists."""
    page.goto(chromium.server.url + DOCS)
    page.wait_for_selector(".opblock")
    chromium.screenshot(page, "integrator-1-docs")
    return {
        " ".join(block.split())
        for block in page.locator(".opblock-summary").evaluate_all(
            """blocks => blocks.map(block =>
                block.querySelector(".opblock-summary-method").textContent + " "
                + block.querySelector(".opblock-summary-path").dataset.path)"""
        )
    }


def authorise(page: Page, key: str) -> None:
    """Paste the key where “Authorize” asks for it."""
    page.click(".btn.authorize")
    scheme = page.locator(".modal-ux .auth-container", has_text="key (http, Bearer)")
    scheme.locator("input").fill(key)
    scheme.get_by_role("button", name="Apply credentials").click()
    expect(scheme.get_by_role("button", name="Remove authorization")).to_be_visible()
    page.locator(".modal-ux .btn-done").first.click()


def try_out(page: Page, operation: str, **parameters: str) -> tuple[str, str]:
    """Execute an operation; return the status and the body that the page shows."""
    block = page.locator(f"[id$='-{operation}'].opblock")
    block.locator(".opblock-summary-control").click()
    for name, value in parameters.items():
        block.locator(f"tr[data-param-name={name}] input").fill(value)
    block.locator(".btn.execute").click()
    answer = block.locator(".live-responses-table .response")
    expect(answer).to_have_count(1)
    answer.scroll_into_view_if_needed()
    status = answer.locator(".response-col_status").inner_text().split()[0]
    return status, answer.locator(".highlight-code code").first.inner_text()


# --- Odoo ---


def make_key(page: Page, chromium: Any, name: str, scopes: tuple[str, ...]) -> str:
    """Make a key; return its text, which is shown once."""
    choose_menu(page, "Stockex", "Connections", "My API keys")
    page.get_by_role("button", name="New key").click()
    form = dialog(page)
    form.locator("div[name=name] input").fill(name)
    for scope in scopes:
        tick(form.get_by_role("checkbox", name=scope))
    chromium.screenshot(page, "integrator-2-new-key")
    form.get_by_role("button", name="Make the key").click()
    expect(dialog(page)).to_contain_text("it is shown this one time")
    chromium.screenshot(page, "integrator-3-key")
    key = copied(page)
    row = page.locator(".o_data_row", has_text=name)
    expect(row.locator("td[name=prefix]")).to_have_text(key[:8])
    return key


def make_endpoint(page: Page, chromium: Any, url: str, events: tuple[str, ...]) -> str:
    """Have an address told of some events; return the secret of its signatures."""
    choose_menu(page, "Stockex", "Connections", "Webhooks")
    page.click(".o_list_button_add")
    page.fill("div[name=name] input", "Warehouse dashboard")
    page.fill("div[name=base_url] input", url)
    for event in events:
        page.fill("div[name=event_ids] input", event)
        page.locator(".o-autocomplete--dropdown-item").get_by_text(event, exact=True).click()
    tick(page.locator("div[name=allow_private] input"))
    chromium.screenshot(page, "integrator-6-endpoint")
    page.click(".o_form_button_save")
    page.click("button[name=action_show_secret]")
    expect(dialog(page)).to_contain_text("it is shown this one time")
    chromium.screenshot(page, "integrator-7-secret")
    return copied(page)


def send_test(page: Page, chromium: Any) -> None:
    """Press “Send test” and read the answer."""
    page.click("button[name=action_send_test]")
    expect(dialog(page).locator("div[name=status]")).to_have_text("200")
    expect(dialog(page).locator("div[name=answer]")).to_contain_text('{"received": true}')
    chromium.screenshot(page, "integrator-8-test")
    dialog(page).locator(".btn-close").click()
    expect(page.locator(".modal-dialog")).to_have_count(0)


def filter_by(page: Page, name: str) -> None:
    """Choose one filter of a list, and no other."""
    for facet in page.locator(".o_searchview .o_facet_remove").all()[::-1]:
        facet.click()
    page.click(".o_searchview_dropdown_toggler")
    page.locator(".o_filter_menu").get_by_text(name, exact=True).click()
    page.click(".o_searchview_dropdown_toggler")
    expect(page.locator(".o_searchview .o_facet_values")).to_have_text(name)
