"""The handheld's page, served from the checkout without Odoo: real screens, invented goods."""

import json
import re
import threading
import xml.etree.ElementTree as ElementTree
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

import polib

from dev.lib import places

from .desk import Desk

PAGE = "/stockex/scan"
SOURCE = "/stockex_mobile_api/static/src"
ADDON = places.ROOT / "stockex_mobile_api"
KINDS = {".js": "text/javascript", ".css": "text/css", ".png": "image/png", ".svg": "image/svg+xml"}
HTML = """<!doctype html><html lang="en"><head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>Stockex Scan</title>
{styles}
<script type="importmap">{imports}</script>
<script src="/web/static/lib/owl/owl.js"></script>
</head><body class="s_scan" data-version="1" data-more="{page}/more.js">
<div id="scan">{before}</div>
<script type="module">
import {{ registerTemplate }} from "{source}/app/ui/templates.js";
for (const [name, text] of {templates}) {{
    registerTemplate(name, "/stockex_mobile_api", text);
}}
const later = await Promise.all({later}.map(async (name) => [
    "@stockex_mobile_api/later/" + name, await import("{source}/later/" + name + ".js"),
]));
globalThis.odoo = {{ loader: {{ modules: new Map(later) }} }};
await import("{source}/app/main.js");
</script></body></html>"""
WORKER = "const BUILD = {build};\nself.addEventListener('install', () => undefined);\n"


@cache
def _web() -> Path:
    """Return the folder of Odoo's `web`."""
    import odoo.addons

    found = [Path(path) / "web" for path in odoo.addons.__path__]
    return next(path for path in found if (path / "static" / "lib" / "owl").is_dir())


def _owl() -> str:
    """Write Odoo's owl.js, which makes a global, as a module."""
    text = (_web() / "static/lib/owl/owl.js").read_text(encoding="utf-8")
    names = ", ".join(sorted(set(re.findall(r"^\s+exports\.(\w+) = ", text, re.MULTILINE))))
    return f"export const {{ {names} }} = globalThis.owl;"


def _templates() -> list[tuple[str, str]]:
    """Read the templates of both bundles: name and text."""
    found = []
    for path in sorted((ADDON / "static" / "src").glob("*/**/*.xml")):
        if path.relative_to(ADDON / "static" / "src").parts[0] in ("app", "later"):
            nodes = ElementTree.parse(path).getroot()
            found += [
                (node.get("t-name", ""), ElementTree.tostring(node, "unicode")) for node in nodes
            ]
    return found


def _before() -> str:
    """Return what the page shows until the application starts."""
    view = ElementTree.parse(ADDON / "views" / "app" / "scan_templates.xml")
    return "".join(
        ElementTree.tostring(node, "unicode") for node in view.find(".//div[@id='scan']") or ()
    )


def _page() -> str:
    source = ADDON / "static" / "src"
    # In the order in which the bundle has them.
    folders = ("app/ui/*.css", "app/**/*.css", "later/**/*.css")
    styles = dict.fromkeys(path for folder in folders for path in sorted(source.glob(folder)))
    links = [f'<link rel="stylesheet" href="{SOURCE}/{p.relative_to(source)}">' for p in styles]
    later = sorted(p.relative_to(source / "later") for p in source.glob("later/**/*.js"))
    imports = {
        "@odoo/owl": "/owl-module.js",
    }
    return HTML.format(
        styles="\n".join(links),
        imports=json.dumps({"imports": imports}),
        templates=json.dumps(_templates()).replace("</", "<\\/"),
        later=json.dumps([str(path.with_suffix("")) for path in later]),
        before=_before(),
        page=PAGE,
        source=SOURCE,
    )


@cache
def french() -> dict[str, str]:
    """Return the French terms by the English ones."""
    po = polib.pofile(str(ADDON / "i18n" / "fr.po"))
    return {entry.msgid: entry.msgstr for entry in po if entry.msgstr and not entry.obsolete}


class Handler(BaseHTTPRequestHandler):
    """Answer for the files and for the server's side of the handheld."""

    protocol_version = "HTTP/1.1"
    server: "Site"

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        body, kind = self._answer(path)
        self._send(body, kind)

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        message = json.loads(self.rfile.read(size))
        answer = self.server.desk.answer(self.path.rsplit("/", 1)[-1], message["params"])
        self._send(json.dumps({"jsonrpc": "2.0", **answer}).encode(), "application/json")

    def _send(self, body: bytes | None, kind: str) -> None:
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body or b"")))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Service-Worker-Allowed", PAGE)
        self.end_headers()
        self.wfile.write(body or b"")

    def _answer(self, path: str) -> tuple[bytes | None, str]:
        made = {
            PAGE: (_page, "text/html"),
            "/owl-module.js": (_owl, "text/javascript"),
            f"{PAGE}/service-worker.js": (self._worker, "text/javascript"),
            "/web/webclient/translations": (self._terms, "application/json"),
        }
        if path in made:
            make, kind = made[path]
            return make().encode(), kind
        if path == f"{PAGE}/more.js":
            return (b"" if self.server.desk.has_more else None), "text/javascript"
        file = self._file(path)
        if ".." in path or not file.is_file():
            return None, "text/plain"
        return file.read_bytes(), KINDS.get(file.suffix, "application/octet-stream")

    def _file(self, path: str) -> Path:
        if path.startswith("/web/"):
            file = _web() / path.removeprefix("/web/")
            return file if file.suffix else file.with_suffix(".js")
        return places.ROOT / path.lstrip("/")

    def _worker(self) -> str:
        return WORKER.format(build=json.dumps(self.server.desk.build))

    def _terms(self) -> str:
        messages = [{"id": term, "string": text} for term, text in french().items()]
        return json.dumps({"modules": {"stockex_mobile_api": {"messages": messages}}})

    def log_message(self, *_arguments: object) -> None:
        """Say nothing: the tests' own output counts."""


class Site(ThreadingHTTPServer):
    """The page's server, on a free port of this machine."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.desk = Desk()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self._thread = threading.Thread(target=self.serve_forever, daemon=True)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a page that was closed before its answer came."""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()
