import base64

from odoo import http
from odoo.http import content_disposition, request

from ...pure.v1 import count_lines as shapes
from .count_lines import LINES
from .counts import COUNTS
from .errors import ApiError, not_found
from .reader import Reader
from .resource import Resource, domain_of
from .routing import api

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JPEG = "image/jpeg"
# Lines that a report has room for while somebody waits: 3,000 take five seconds.
PRINTED_AT_ONCE = 3_000
# What its decoder takes in, with some room for headers.
PHOTO_LIMIT = 11 * 1024 * 1024
PHOTOS = Reader("stockex.count.photo", shapes.Photo, {"line": "line_id", "user": "user_id"})
TAG = "Count lines"


class CountFiles(Resource, http.Controller):
    @api(
        *("GET", "/counts/{count_id}/photos"),
        summary="List the photos of a count",
        tag=TAG,
        scope="counts:read",
        query=shapes.PhotoQuery,
        response=shapes.PhotoPage,
    )
    def list_count_photos(self, count_id, query):
        count = COUNTS.find(request.env, count_id)
        domain = [("session_id", "=", count.id), *domain_of(query, {"line_id": ("line_id", "=")})]
        return PHOTOS.page(request.env, query, domain)

    @api(
        *("POST", "/counts/{count_id}/lines/{line_id}/photos"),
        summary="Add a photo to a line",
        description="The picture itself is the body; at most 10 MB, and five photos a line.",
        tag=TAG,
        scope="counts:write",
        status=201,
        located="/counts/{count_id}/photos/{id}",
        media=(JPEG, "image/png", "image/webp"),
        response=shapes.Photo,
        limit=PHOTO_LIMIT,
    )
    def create_count_photo(self, count_id, line_id, data):
        line = LINES.find(request.env, line_id)
        if line.session_id.id != count_id:
            raise not_found()
        name = request.env._("Photo")
        photo = line.action_add_photo(name, base64.b64encode(data).decode())
        return PHOTOS.one(request.env, photo)

    @api(
        *("GET", "/counts/{count_id}/photos/{photo_id}"),
        summary="Read a photo",
        tag=TAG,
        scope="counts:read",
        answers=(JPEG,),
    )
    def read_count_photo(self, count_id, photo_id):
        photo = self._photo(count_id, photo_id)
        return request.make_response(base64.b64decode(photo.image), [("Content-Type", JPEG)])

    @api(
        *("DELETE", "/counts/{count_id}/photos/{photo_id}"),
        summary="Take a photo back",
        description="One's own, while the count is open.",
        tag=TAG,
        scope="counts:write",
        status=204,
    )
    def delete_count_photo(self, count_id, photo_id):
        self._photo(count_id, photo_id).action_remove()

    @api(
        *("GET", "/counts/{count_id}/report.pdf"),
        summary="Print the report of a count",
        description="A count with more than 3,000 lines to print, those that differ and those "
        "not counted, is refused: print it from its screen.",
        tag="Counts",
        scope="counts:read",
        answers=(PDF,),
        refusals={409: "The count has more lines than a request can print."},
    )
    def print_count_report(self, count_id):
        count = COUNTS.find(request.env, count_id)
        report = request.env["stockex.document.count"]
        if report._printed_count(count, PRINTED_AT_ONCE + 1) > PRINTED_AT_ONCE:
            detail = request.env._(
                "“%(count)s” has too many lines to print while you wait.",
                count=count.display_name,
            )
            raise ApiError(409, "too_many_lines", detail)
        data = report._build(count)
        return self._file(count, data, PDF, "pdf")

    @api(
        *("GET", "/counts/{count_id}/report.xlsx"),
        summary="Export the lines of a count to Excel",
        description="A count of more lines than a request can carry is refused: export it "
        "in the background, from its screen.",
        tag="Counts",
        scope="counts:read",
        answers=(XLSX,),
        refusals={409: "The count has more lines than a request can carry."},
    )
    def export_count(self, count_id):
        count = COUNTS.find(request.env, count_id)
        if request.env["stockex.count.export"]._is_large(count):
            detail = request.env._(
                "“%(count)s” has too many lines to export while you wait.", count=count.display_name
            )
            raise ApiError(409, "too_many_lines", detail)
        data = request.env["stockex.document.count.workbook"]._build(count)
        return self._file(count, data, XLSX, "xlsx")

    def _photo(self, count_id, photo_id):
        photo = PHOTOS.find(request.env, photo_id)
        if photo.session_id.id != count_id:
            raise not_found()
        return photo

    def _file(self, count, data, media, extension):
        name = f"{count.name.replace('/', '-')}.{extension}"
        return request.make_response(
            data, [("Content-Type", media), ("Content-Disposition", content_disposition(name))]
        )
