"""Messages to a handheld: switched on by a tap, shown by the worker, opened where they lead.

Chromium's own push service is out of reach here: the page is told that it subscribed, at the
simulator; what the simulator decrypts is then handed to the worker as the browser would.
"""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.support.simulators.web_push import PushService

from .floor import lay
from .line import CUT, SYNC

SCOPE = "/stockex/scan"
# The browser's part of a subscription, as the Push API has it.
SUBSCRIBED = """([given]) => {
    let current = null;
    const text = (key) => btoa(String.fromCharCode(...new Uint8Array(key)))
        .replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
    window.subscribedWith = [];
    PushManager.prototype.getSubscription = () => Promise.resolve(current);
    PushManager.prototype.subscribe = (options) => {
        const key = options.applicationServerKey;
        window.subscribedWith.push(text(key));
        current = {
            options: { applicationServerKey: key.buffer, userVisibleOnly: options.userVisibleOnly },
            toJSON: () => given,
            unsubscribe: () => {
                current = null;
                return Promise.resolve(true);
            },
        };
        return Promise.resolve(current);
    };
}"""
SHOWN = """async (scope) => {
    const registration = await navigator.serviceWorker.getRegistration(scope);
    const shown = await registration.getNotifications();
    return shown.map(({ title, body, tag, data }) => ({ title, body, tag, url: data.url }));
}"""
# Only a tap lets a worker bring a window forward, and a remote control taps no notification.
CLICK = """async (tag) => {
    WindowClient.prototype.focus = function () {
        return Promise.resolve(this);
    };
    self.clients.openWindow = (url) => Promise.resolve((self.opened = url));
    const [notification] = await self.registration.getNotifications({ tag });
    self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
}"""


@pytest.fixture
def push() -> Iterator[PushService]:
    with PushService() as running:
        yield running


@pytest.fixture
def service(world) -> int:
    """The company's push service, which may reach this machine."""
    [found] = world.admin.call("stockex.notify.service", "search", [("code", "=", "web_push")])
    world.admin.call("stockex.notify.service", "write", [found], {"allow_private": True})
    world.admin.call("res.company", "write", [1], {"email": "stock@example.com"})
    return found


def subscribed(device, push: PushService) -> Any:
    """Tell the page that its browser can subscribe at the simulator."""
    browser = push.subscribe(b"")
    device.page.evaluate(SUBSCRIBED, [push.given(browser)])
    return browser


def switch_on(device, push: PushService) -> Any:
    """Tap the switch; return the browser, which takes what the server's key signs."""
    device.tab("settings")
    browser = subscribed(device, push)
    switch = device.page.get_by_role("switch", name="Notify this device")
    expect(switch).to_have_attribute("aria-checked", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true")
    [key] = device.page.evaluate("window.subscribedWith")
    browser.server_key = push_key(key)
    return browser


def push_key(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def subscriptions(world, login: str) -> list[dict[str, Any]]:
    return world.admin.call(
        "stockex.sync.subscription", "search_read", [("user_id.login", "=", login)], ["host"]
    )


def deliver(device, text: str) -> None:
    """Hand a message to the worker as the browser does."""
    channel = device.context.new_cdp_session(device.page)
    found: list[str] = []
    channel.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(
            one["registrationId"] for one in event["registrations"] if not one["isDeleted"]
        ),
    )
    channel.send("ServiceWorker.enable")
    device.wait(lambda: found, "the worker is registered")
    channel.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": device.line.url, "registrationId": found[-1], "data": text},
    )
    channel.detach()


def shown(device) -> list[dict[str, str]]:
    return device.page.evaluate(SHOWN, SCOPE)


def test_a_handheld_is_told_and_opens_what_it_is_told_of(phone, world, push, service):
    floor = lay(world, places=1, loose=1, lots=0)
    device = phone(permissions=["notifications"])
    device.sign_in("karim")
    device.wait_for_worker()
    switch_on(device, push)

    world.karim.call("stockex.notify.preference", "action_open_mine")
    [line] = world.karim.call(
        "stockex.notify.subscription", "search", [("service_id", "=", service)]
    )
    world.karim.call("stockex.notify.subscription", "action_test", [line])

    assert [one["host"] for one in subscriptions(world, "karim")] == ["127.0.0.1"]
    [told] = push.wait_for(1)
    assert told.data["title"] == "Test message from Stockex"
    message = {**told.data, "url": f"{SCOPE}#count/{floor.session}"}
    deliver(device, json.dumps(message))
    device.wait(lambda: shown(device), "a notification is shown")
    assert shown(device) == [
        {
            "title": "Test message from Stockex",
            "body": message["text"],
            "tag": message["tag"],
            "url": message["url"],
        }
    ]

    [worker] = device.context.service_workers
    worker.evaluate(CLICK, message["tag"])

    device.page.wait_for_url(f"**{SCOPE}#count/{floor.session}")
    device.page.get_by_role("button", name="Next location").wait_for()
    assert shown(device) == []


def test_a_later_message_about_the_same_replaces_the_earlier(phone, world, push, service):
    device = phone(permissions=["notifications"])
    device.sign_in("lea")
    device.wait_for_worker()

    for title, tag in (("Started", "a"), ("Other", "b"), ("Count again", "a")):
        deliver(device, json.dumps({"title": title, "tag": tag}))
        device.wait(lambda wanted=title: wanted in titles(device), title)
    deliver(device, "no json")
    device.wait(lambda: "Stockex" in titles(device), "something is shown")

    assert titles(device) == ["Count again", "Other", "Stockex"]


def titles(device) -> list[str]:
    return sorted(one["title"] for one in shown(device))


def test_the_office_opens_in_a_window_of_its_own(phone, world, push, service):
    device = phone(permissions=["notifications"])
    device.sign_in("lea")
    device.wait_for_worker()
    url = f"{device.line.url}/mail/view?model=stockex.count.session&res_id=1"
    deliver(device, json.dumps({"title": "To approve", "tag": "a", "url": url}))
    device.wait(lambda: shown(device), "a notification is shown")

    [worker] = device.context.service_workers
    worker.evaluate(CLICK, "a")

    device.wait(lambda: worker.evaluate("self.opened") == url, "the office is opened")
    assert device.page.url.endswith(SCOPE) or "#tasks" in device.page.url


def test_it_ends_by_the_switch_and_by_signing_out(phone, world, push, service):
    device = phone(permissions=["notifications"])
    device.sign_in("mona")
    device.wait_for_worker()
    switch_on(device, push)
    assert len(subscriptions(world, "mona")) == 1

    device.page.get_by_role("switch", name="Notify this device").click()
    expect(device.page.get_by_role("switch")).to_have_attribute("aria-checked", "false")
    device.wait(lambda: not subscriptions(world, "mona"), "the server knows")

    device.page.get_by_role("switch").click()
    expect(device.page.get_by_role("switch")).to_have_attribute("aria-checked", "true")
    assert len(subscriptions(world, "mona")) == 1
    device.button("Sign out").click()
    device.page.get_by_role("link", name="Sign in").wait_for()
    device.wait(lambda: not subscriptions(world, "mona"), "nobody is told any more")


def test_a_refusal_is_explained_and_nothing_is_kept(phone, world, push, service):
    device = phone()
    device.sign_in("lea")
    device.page.evaluate(
        "() => void Object.defineProperty(Notification, 'permission', { get: () => 'denied' })"
    )

    device.tab("settings")

    expect(device.page.get_by_role("switch")).to_be_disabled()
    device.says("Notifications are blocked for this application.")
    assert subscriptions(world, "lea") == []


def test_without_a_line_the_switch_says_so_and_stays_off(phone, world, line, push, service):
    device = phone(permissions=["notifications"])
    device.sign_in("lea")
    device.wait_for_worker()
    device.tab("settings")
    subscribed(device, push)
    line.all(CUT, SYNC)

    device.page.get_by_role("switch").click()

    device.says("That did not work now")
    expect(device.page.get_by_role("switch")).to_have_attribute("aria-checked", "false")
    assert subscriptions(world, "lea") == []
