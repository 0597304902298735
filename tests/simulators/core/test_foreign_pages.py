"""Pages of somebody else, in a real browser: they read nothing of a control API and change nothing."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

from greenroom.simulators import CRMS
from greenroom.simulators.core.control.app import Control
from greenroom.simulators.core.simulator import Simulator
from tests.browser import EVIL, NEEDS_BROWSER

pytestmark = NEEDS_BROWSER

ATTACKS = """
async (control) => {
  const world = `${control}/worlds/current`;
  const tries = {
    read: () => fetch(`${control}/worlds`).then((answer) => answer.text()),
    document: () => fetch(`${world}/document`).then((answer) => answer.text()),
    blind: () => fetch(`${world}/reset`, { method: 'POST', mode: 'no-cors' }).then((answer) => answer.type),
    plain: () => fetch(`${world}/faults`, { method: 'POST', mode: 'no-cors', body: '{"fault": "reset"}' }).then((answer) => answer.type),
    json: () => fetch(`${world}/faults`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"fault": "reset"}' }),
    remove: () => fetch(world, { method: 'DELETE' }),
    token: () => fetch(`${world}/users/owner/tokens`, { method: 'POST', mode: 'no-cors' }).then((answer) => answer.type),
    stream: () => new Promise((resolve, reject) => {
      const source = new EventSource(`${world}/news`);
      source.addEventListener('news', () => resolve('heard'));
      source.onerror = () => reject(new Error('closed'));
    }),
    script: () => loaded('script', `${control}/pages/api.js`),
    image: () => loaded('img', `${control}/pages/icon.svg`),
    form: () => new Promise((resolve) => {
      const frame = Object.assign(document.createElement('iframe'), { name: 'sink' });
      const form = Object.assign(document.createElement('form'), { method: 'POST', action: `${world}/reset`, target: 'sink' });
      document.body.append(frame, form);
      frame.onload = () => resolve('sent');
      form.submit();
    }),
    frame: () => new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.onload = () => { try { resolve(frame.contentDocument ? 'read' : 'closed'); } catch { resolve('closed'); } };
      frame.src = `${control}/`;
      document.body.append(frame);
    }),
  };
  const loaded = (tag, src) => new Promise((resolve, reject) => {
    document.body.append(Object.assign(document.createElement(tag), { src, onload: () => resolve('loaded'), onerror: () => reject(new Error('refused')) }));
  });
  const ended = {};
  for (const [name, attempt] of Object.entries(tries)) {
    try { ended[name] = String(await attempt()); } catch { ended[name] = 'refused'; }
  }
  return ended;
}
"""
HARMLESS = {"form": "sent", "frame": "closed"}
"""What a page cannot know to have failed: it sees nothing of the answer."""


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(CRMS["clio"]) as found:
        yield found


@pytest.fixture
def control(simulator: Simulator) -> Iterator[Control]:
    found = Control(simulator)
    yield found
    found.close()


class Elsewhere(BaseHTTPRequestHandler):
    """Somebody else's site: one empty page with a link."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!DOCTYPE html><title>elsewhere</title><a href='#'>the console</a>")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("host", [EVIL, "127.0.0.1", "localhost"])
def test_another_origins_page_reads_nothing_and_changes_nothing(
    page: Page, simulator: Simulator, control: Control, port: int, host: str
) -> None:
    world, statuses = simulator.current, []
    page.on("response", lambda answer: statuses.append(answer.status) if control.url in answer.url else None)
    page.goto(f"http://{host}:{port}/")
    before = (dict(simulator.worlds), world.store.version, len(world.tokens.all()), list(world.faults))
    ended = page.evaluate(ATTACKS, control.url)

    assert {name: end for name, end in ended.items() if end != "refused"} == HARMLESS
    assert (dict(simulator.worlds), world.store.version, len(world.tokens.all()), list(world.faults)) == before
    assert 403 in statuses, "the requests came, and were refused"


def test_a_name_that_was_rebound_to_this_machine_is_refused(page: Page, control: Control) -> None:
    port = control.url.rpartition(":")[2]
    answer = page.goto(f"http://{EVIL}:{port}/")
    told = page.evaluate("fetch('/worlds').then(async (answer) => [answer.status, await answer.text()])")

    assert answer is not None
    assert answer.status == 403
    assert told[0] == 403
    assert "loopback names only" in told[1]
    assert "clio-1" not in told[1]


def test_a_link_from_elsewhere_leads_to_the_console(page: Page, control: Control, port: int) -> None:
    page.goto(f"http://{EVIL}:{port}/")
    page.evaluate("(url) => { document.querySelector('a').href = url; }", f"{control.url}/#/worlds/clio-1")
    page.get_by_role("link").click()

    expect(page.locator("#live")).to_have_text("live")
    assert page.evaluate("window.opener") is None
