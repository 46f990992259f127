import socket
import time

from odoo.tests import BaseCase, tagged

from ...models.transport.http import MAX_ANSWER, Unanswered, send
from ...pure.transport.outcome import Hint
from ...pure.transport.request import Request
from .receiver import Receiver, answer, cut, drip, hang, write


@tagged("post_install", "-at_install")
class TestHttp(BaseCase):
    """Calls over a real socket to a service that behaves well, or not."""

    def receiver(self, *script):
        receiver = Receiver(*script)
        self.enterContext(receiver)
        return receiver

    def send(self, url, timeout_s=5, **options):
        return send(Request("GET", url), timeout_s=timeout_s, allow_private=True, **options)

    def unanswered(self, hint, sent, url, **options):
        with self.assertRaises(Unanswered) as caught:
            self.send(url, **options)
        self.assertEqual((caught.exception.hint, caught.exception.sent), (hint, sent))
        return caught.exception

    # --- What is sent ---

    def test_each_part_of_a_request_arrives(self):
        receiver = self.receiver()

        send(
            Request(
                "POST",
                "/v1/send",
                headers={"X-Kind": "é".encode().decode("latin-1")},
                params={"to": "a b&c"},
                json={"name": "Zoé"},
                basic=("ann", "päss"),
            ),
            base_url=receiver.url + "/api/",
            allow_private=True,
        )

        [request] = receiver.received
        self.assertEqual((request.method, request.path), ("POST", "/api/v1/send?to=a+b%26c"))
        self.assertEqual(request.body, b'{"name": "Zo\\u00e9"}')
        self.assertEqual(request.headers["content-type"], "application/json")
        self.assertEqual(request.headers["host"], f"127.0.0.1:{receiver.port}")
        self.assertTrue(request.headers["authorization"].startswith("Basic "))
        self.assertTrue(request.headers["user-agent"].startswith("Stockex/"))

    def test_a_form_and_a_raw_body_arrive_as_such(self):
        receiver = self.receiver()

        for request in (
            Request("POST", receiver.url, form={"To": "+33 1", "Body": "é&="}),
            Request("PUT", receiver.url, body=b"\x00\xff"),
        ):
            send(request, allow_private=True)

        form, raw = receiver.received
        self.assertEqual(form.body, b"To=%2B33+1&Body=%C3%A9%26%3D")
        self.assertEqual(form.headers["content-type"], "application/x-www-form-urlencoded")
        self.assertEqual((raw.method, raw.body), ("PUT", b"\x00\xff"))

    # --- What comes back ---

    def test_an_answer_comes_with_status_headers_and_body(self):
        receiver = self.receiver(answer(202, b'{"id": 7}', ["X-Request-Id: r1", "Retry-After: 3"]))

        got = self.send(receiver.url)

        self.assertEqual((got.status, got.json()), (202, {"id": 7}))
        self.assertEqual(got.headers["x-request-id"], "r1")
        self.assertEqual(got.headers["retry-after"], "3")
        self.assertGreater(got.duration_s, 0)

    def test_a_redirect_is_an_answer_and_not_followed(self):
        target = self.receiver()
        receiver = self.receiver(answer(302, headers=[f"Location: {target.url}"]))

        got = self.send(receiver.url)

        self.assertEqual(got.status, 302)
        self.assertEqual(target.received, [])

    def test_a_huge_answer_is_read_to_the_limit_only(self):
        receiver = self.receiver(answer(200, b"x" * 10_000_000))

        got = self.send(receiver.url)

        self.assertEqual((got.status, got.body), (200, b"x" * MAX_ANSWER))

    def test_a_packed_answer_is_not_unpacked(self):
        receiver = self.receiver(answer(200, b"\x1f\x8bbomb", ["Content-Encoding: gzip"]))

        self.assertEqual(self.send(receiver.url).body, b"\x1f\x8bbomb")
        self.assertEqual(receiver.received[0].headers["accept-encoding"], "identity")

    def test_a_body_that_is_cut_keeps_its_status(self):
        receiver = self.receiver(write(b"HTTP/1.1 201 X\r\nContent-Length: 100\r\n\r\nabc"))

        got = self.send(receiver.url)

        self.assertEqual((got.status, got.body), (201, b"abc"))

    # --- Time ---

    def test_a_silent_receiver_ends_at_the_time_limit(self):
        receiver = self.receiver(hang)
        started = time.monotonic()

        error = self.unanswered(Hint.TOO_SLOW, True, receiver.url, timeout_s=0.6)

        self.assertLess(time.monotonic() - started, 3)
        self.assertEqual(error.message, "no answer within 0.6 s")

    def test_dripping_headers_do_not_lengthen_the_time(self):
        receiver = self.receiver(drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 1000))
        started = time.monotonic()

        self.unanswered(Hint.TOO_SLOW, True, receiver.url, timeout_s=0.6)

        self.assertLess(time.monotonic() - started, 3)

    def test_a_dripping_body_is_read_as_far_as_time_allows(self):
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
        receiver = self.receiver(drip(b"x" * 1000, before=head))
        started = time.monotonic()

        got = self.send(receiver.url, timeout_s=0.6)

        self.assertLess(time.monotonic() - started, 3)
        self.assertEqual(got.status, 200)
        self.assertLess(len(got.body), 20)

    # --- Lines that fail ---

    def test_a_cut_line_may_have_delivered(self):
        self.unanswered(Hint.NO_ANSWER, True, self.receiver(cut).url)

    def test_what_is_no_http_may_have_delivered(self):
        self.unanswered(Hint.NO_ANSWER, True, self.receiver(write(b"SSH-2.0-x\r\n")).url)

    def test_a_closed_port_has_received_nothing(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]

        self.unanswered(Hint.NO_ANSWER, False, f"http://127.0.0.1:{port}/")

    def test_a_line_without_tls_has_received_nothing(self):
        receiver = self.receiver(write(b"hello, this is no TLS at all"))

        self.unanswered(Hint.CERTIFICATE, False, receiver.url.replace("http:", "https:"))

    def test_a_name_that_is_none(self):
        def nobody(host, port):
            raise socket.gaierror(-2, "Name or service not known")

        self.unanswered(Hint.NO_NAME, False, "http://nobody.example/", resolver=nobody)

    def test_what_is_no_address_is_never_sent(self):
        for url in (
            *("", "x", "ftp://x.example/", "file:///etc/passwd", "gopher://127.0.0.1/"),
            *("http://", "http:///x", "http://x.example:99999/", "http://[::1", "http://a b/"),
        ):
            with self.subTest(url=url):
                self.unanswered(Hint.BAD_ADDRESS, False, url)

    def test_a_header_of_two_lines_is_never_sent(self):
        receiver = self.receiver()
        request = Request("GET", receiver.url, headers={"X-A": "1\r\nX-B: 2"})

        with self.assertRaises(Unanswered) as caught:
            send(request, allow_private=True)

        self.assertEqual(caught.exception.hint, Hint.BAD_ADDRESS)
        self.assertEqual(receiver.received, [])


@tagged("post_install", "-at_install")
class TestHttpAddresses(BaseCase):
    """The server's own network is out of reach, however it is written."""

    def setUp(self):
        super().setUp()
        self.receiver = Receiver()
        self.enterContext(self.receiver)

    def refused(self, url, **options):
        with self.assertRaises(Unanswered) as caught:
            send(Request("GET", url), timeout_s=3, **options)
        self.assertEqual(caught.exception.hint, Hint.PRIVATE_ADDRESS)
        self.assertFalse(caught.exception.sent)
        self.assertEqual(self.receiver.received, [])

    def test_private_addresses_are_refused_in_every_writing(self):
        port = self.receiver.port
        for host in (
            *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "0"),
            *("localhost", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"),
            *("169.254.169.254", "10.0.0.1", "192.168.1.1", "[fe80::1]", "[fd00::1]"),
            *("[64:ff9b::7f00:1]", "[2002:7f00:1::]"),
        ):
            with self.subTest(host=host):
                self.refused(f"http://{host}:{port}/")

    def test_one_private_address_among_public_ones_is_refused(self):
        self.refused("http://x.example/", resolver=lambda _host, _port: ["8.8.8.8", "10.0.0.1"])

    def test_a_name_is_asked_once_and_the_connection_goes_where_it_was_checked(self):
        asked = []

        def rebinding(host, port):
            asked.append((host, port))
            # The first answer passes the check; a second question would lead inside.
            return ["192.0.2.1" if len(asked) > 1 else "127.0.0.1"]

        got = send(
            Request("GET", f"http://x.example:{self.receiver.port}/p"),
            timeout_s=3,
            allow_private=True,
            resolver=rebinding,
        )

        self.assertEqual(got.status, 200)
        self.assertEqual(asked, [("x.example", self.receiver.port)])
        [request] = self.receiver.received
        self.assertEqual(request.headers["host"], f"x.example:{self.receiver.port}")

    def test_a_name_that_turns_private_after_the_check_is_not_asked_again(self):
        answers = iter([["8.8.8.8"], ["127.0.0.1"]])
        dialled = []

        def dial(address, timeout):
            dialled.append(address)
            raise ConnectionRefusedError

        with self.assertRaises(Unanswered) as caught:
            self.patch(socket, "create_connection", dial)
            send(
                Request("GET", "http://x.example/"),
                timeout_s=3,
                resolver=lambda _host, _port: next(answers),
            )

        self.assertEqual(caught.exception.hint, Hint.NO_ANSWER)
        self.assertEqual(dialled, [("8.8.8.8", 80)])
        self.assertEqual(next(answers), ["127.0.0.1"])

    def test_the_next_address_is_tried_when_one_does_not_answer(self):
        got = send(
            Request("GET", f"http://x.example:{self.receiver.port}/"),
            timeout_s=3,
            allow_private=True,
            resolver=lambda _host, _port: ["127.0.0.2", "127.0.0.1"],
        )

        self.assertEqual(got.status, 200)
