"""9. The console shows all of it."""

import os
from typing import TYPE_CHECKING

from bench.life.console import FailedError, need
from bench.life.parts import NEW
from bench.life.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Page

_AXE = os.path.join(os.path.dirname(__file__), "..", "..", "..", "web", "node_modules", "axe-core", "axe.min.js")
_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def _ask_for_waiver(world: World) -> None:
    asked = {"id": "CVE-2020-0001", "reason": "the old image goes at the end of the year", "expires": "2099-12-31"}
    world.ask().send("POST", "/waivers", {**asked, "images": ["shop:1"]})


def _take(page: "Page", world: World, name: str) -> list[str]:
    """A page fits a telephone as well: nothing lies beside what is seen; and pictures, where they are asked for."""
    if world.screens:
        page.screenshot(path=f"{world.screens}/{name}.png", full_page=True)
    barriers = _barriers(page, name)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(400)
    barriers += _barriers(page, f"{name} in the dark")
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(400)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(400)  # until what slides has come to rest
    beside = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    need(beside <= 0, f"{name} is {beside} pixels too wide for a telephone")
    if world.screens:
        page.screenshot(path=f"{world.screens}/{name}-narrow.png")
    page.set_viewport_size({"width": 1280, "height": 900})
    return barriers


def _barriers(page: "Page", name: str) -> list[str]:
    """What keeps somebody from a page who does not see it, or not well (axe-core; WCAG 2 A and AA)."""
    with open(_AXE, encoding="utf-8") as file:
        page.evaluate(file.read())
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa']})")
    bad = [one for one in found["violations"] if one["impact"] in {"serious", "critical"}]
    return [f"{name}: {one['id']}: {node['html'][:120]}" for one in bad for node in one["nodes"][:3]]


def show(world: World) -> str:
    """Each page opens in a browser after signing in, without an error on its console, and shows what happened."""
    from playwright.sync_api import Error as PlaywrightError  # noqa: PLC0415 - only this step needs a browser
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - as above

    errors: list[str] = []
    barriers: list[str] = []
    known = world.known
    pages = {
        "overview": ("/", "incident"),
        "images": ("/images", "shop"),
        "image": (f"/images/{known['good']}", "shop-library"),
        "containers": ("/containers", known["container"][:12]),
        "container": (f"/containers/{known['container']}", "/tmp/tool"),  # noqa: S108 - of the story
        "incidents": ("/incidents", "differs"),
        "incident": (f"/incidents/{known['incident']}", "/tmp/tool"),  # noqa: S108 - of the story
        "decisions": ("/decisions", "deny"),
        "decision": (f"/decisions/{known['refusal']}", "1.26.17"),
        "waivers": ("/waivers", "the old image"),
        "affected": (f"/affected?cve={NEW}", "shop-library"),
        "hosts": ("/hosts", "exec"),
        "audit": ("/audit", "judgement.made"),
        "settings": ("/settings", "Take these policies"),
    }
    _ask_for_waiver(world)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=_FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.goto(f"{world.url}/sign-in")
            page.get_by_role("textbox", name="Password").fill(known["password"])
            errors.clear()  # the session was asked for before there was one
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(f"{world.url}/")
            for name, (path, text) in pages.items():
                page.goto(f"{world.url}{path}")
                page.get_by_text(text).first.wait_for(timeout=10_000)
                barriers += _take(page, world, name)
            browser.close()
    except PlaywrightError as error:
        raise FailedError(str(error).split("\n", 1)[0]) from None
    need(not barriers, f"the pages can be used by everybody: {'; '.join(barriers[:30])}")
    need(not errors, f"the browser's console is empty: {errors[:3]}")
    return f"{len(pages)} pages, no error on the browser's console"
