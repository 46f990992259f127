import hashlib
import json
from functools import cache

from odoo import http
from odoo.http import request
from odoo.tools import file_open

ROOT = "/stockex/scan"
ADDON = "stockex_mobile_api"
BUNDLE = f"{ADDON}.assets_scan"
# What is fetched when it is first used: camera, voice, scale and most screens.
MORE = f"{ADDON}.assets_scan_more"
STATIC = f"/{ADDON}/static"
WORKER = f"{ADDON}/static/src/app/worker/service_worker.js"
# What the worker runs besides its own: messages of the server.
PUSH = f"{STATIC}/src/app/worker/push.js"
ICON = f"{STATIC}/src/app/icons/icon-192.png"
# What the application loads beside its bundle; kept for the time without a network.
FILES = (
    f"{STATIC}/description/icon.png",
    ICON,
    PUSH,
    f"{STATIC}/src/app/icons/icon-512.png",
    # The camera's decoder: `WORKER_FILES` in later/camera/decoding.js.
    f"{STATIC}/src/app/worker/decoder_worker.js",
    f"{STATIC}/src/app/worker/decoder.js",
    f"{STATIC}/lib/zxing-wasm/es/reader/index.js",
    f"{STATIC}/lib/zxing-wasm/es/share.js",
    f"{STATIC}/lib/zxing-wasm/reader/zxing_reader.wasm",
)
TERMS = f"/web/webclient/translations?mods={ADDON}&lang="
OPEN = {"type": "http", "auth": "public", "readonly": True, "save_session": False}


@cache
def still_files():
    """Return a mark of the files whose address does not tell their content."""
    mark = hashlib.sha256()
    for path in FILES:
        with file_open(path.lstrip("/"), "rb") as file:
            mark.update(file.read())
    return mark.hexdigest()


class ScanPage(http.Controller):
    """The handheld application: one page that holds nothing of anybody, and what keeps it."""

    @http.route(ROOT, **OPEN)
    def page(self):
        response = request.render(
            f"{ADDON}.scan_page",
            {
                "links": self._links(),
                "more": self._more(),
                "root": ROOT,
                "static": STATIC,
                "version": self._version(),
            },
        )
        # The worker keeps it; a copy of the browser's own would outlive an update.
        response.headers["Cache-Control"] = "no-cache"
        # The worker keeps no page without it.
        response.headers["X-Stockex-Scan"] = self._version()
        return response

    @http.route(f"{ROOT}/service-worker.js", **OPEN)
    def service_worker(self):
        build = {
            "version": self._version(),
            "page": ROOT,
            "files": self._files(),
            "scripts": self._worker_scripts(),
            "icon": ICON,
        }
        with file_open(WORKER) as file:
            text = f"const BUILD = {json.dumps(build)};\n{file.read()}"
        return request.make_response(
            text,
            [
                ("Content-Type", "text/javascript; charset=utf-8"),
                ("Service-Worker-Allowed", ROOT),
                ("Cache-Control", "no-cache"),
            ],
        )

    @http.route(f"{ROOT}/manifest.webmanifest", **OPEN)
    def manifest(self):
        icons = [
            {
                "src": f"{STATIC}/src/app/icons/icon-{size}.png",
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": "any maskable",
            }
            for size in (192, 512)
        ]
        manifest = {
            "id": ROOT,
            "name": "Stockex Scan",
            "short_name": "Stockex",
            "start_url": ROOT,
            "scope": ROOT,
            "display": "standalone",
            "orientation": "any",
            "background_color": "#101418",
            "theme_color": "#101418",
            "icons": icons,
        }
        return request.make_response(
            json.dumps(manifest),
            [("Content-Type", "application/manifest+json"), ("Cache-Control", "no-cache")],
        )

    # --- What belongs to one build ---

    def _links(self):
        """Return the addresses of the bundle: (styles, scripts)."""
        links = request.env["ir.qweb"]._get_asset_links(BUNDLE, css=True, js=True)
        return (
            [link for link in links if link.endswith(".css")],
            [link for link in links if link.endswith(".js")],
        )

    def _more(self):
        """Return the address of the second bundle."""
        [link] = request.env["ir.qweb"]._get_asset_links(MORE, css=False, js=True)
        return link

    def _files(self):
        styles, scripts = self._links()
        languages = [TERMS + code for code in ("fr_FR",)]
        return [*styles, *scripts, self._more(), *FILES, *languages]

    def _worker_scripts(self):
        """Return scripts that the worker runs besides its own."""
        # The browser may keep a copy of its own by its address.
        return [f"{PUSH}?v={still_files()[:16]}"]

    def _version(self):
        """Return a mark that changes with anything that the application consists of."""
        with file_open(WORKER) as file:
            parts = [*self._files(), still_files(), file.read()]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
