"""A page that scans, served from the checkout without Odoo, under the app's addresses."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from dev.lib import places

PAGE = "/stockex/scan"
STATIC = "/stockex_mobile_api/static"
KINDS = {".js": "text/javascript", ".wasm": "application/wasm"}
HTML = f"""<!doctype html><title>scan</title><video muted playsinline></video>
<input id="text"><input id="number" type="number"><textarea id="note"></textarea>
<button id="button">Count</button>
<script type="module">
import {{ Decoding, WORKER_FILES }} from "{STATIC}/src/later/camera/decoding.js";
import {{ Camera }} from "{STATIC}/src/later/camera/camera.js";
import {{ listenToWedge }} from "{STATIC}/src/app/scan/wedge_dom.js";
Object.assign(window, {{ Decoding, Camera, WORKER_FILES, listenToWedge }});
</script>"""


class Handler(BaseHTTPRequestHandler):
    """Serve the page, its service worker and the addon's files; list what was asked."""

    server: "Site"

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        self.server.asked.append(path)
        body, kind = self._answer(path)
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Type", kind)
        # What the service worker does not keep must not come from the browser's own cache.
        self.send_header("Cache-Control", "no-store")
        self.send_header("Service-Worker-Allowed", PAGE)
        self.end_headers()
        self.wfile.write(body or b"")

    def _answer(self, path: str) -> tuple[bytes | None, str]:
        if path == PAGE:
            return HTML.encode(), "text/html"
        if path == f"{PAGE}/service-worker.js":
            return self._service_worker(), "text/javascript"
        file = places.ROOT / path.lstrip("/")
        if not path.startswith(f"{STATIC}/") or ".." in path or not file.is_file():
            return None, "text/plain"
        return file.read_bytes(), KINDS.get(file.suffix, "application/octet-stream")

    def _service_worker(self) -> bytes:
        """Return the app's own service worker, told to keep what the page loads."""
        app = places.ROOT / STATIC.lstrip("/") / "src" / "app"
        scripts = [f"{STATIC}/src/app/scan/{path.name}" for path in (app / "scan").glob("*.js")]
        build = {
            "version": "1",
            "page": PAGE,
            "files": scripts + self.server.kept,
            "scripts": [],
        }
        text = (app / "worker" / "service_worker.js").read_text(encoding="utf-8")
        return f"const BUILD = {json.dumps(build)};\n{text}".encode()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing: the tests' own output counts."""


class Site(ThreadingHTTPServer):
    """The page's server, on a free port of this machine."""

    daemon_threads = True

    def __init__(self, kept: list[str]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.kept = kept
        self.asked: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self._thread = threading.Thread(target=self.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()
