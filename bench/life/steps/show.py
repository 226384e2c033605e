"""9. The console shows all of it."""

from bench.life.console import FailedError, need
from bench.life.world import World

_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def show(world: World) -> str:
    """Each page opens in a browser after signing in, without an error on its console, and shows what happened."""
    from playwright.sync_api import Error as PlaywrightError  # noqa: PLC0415 - only this step needs a browser
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - as above

    errors: list[str] = []
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
    }
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
                if world.screens:
                    page.screenshot(path=f"{world.screens}/{name}.png", full_page=True)
            browser.close()
    except PlaywrightError as error:
        raise FailedError(str(error).split("\n", 1)[0]) from None
    need(not errors, f"the browser's console is empty: {errors[:3]}")
    return f"{len(pages)} pages, no error on the browser's console"
