"""What the CLI tests share: running the binary, free ports, small HTTP servers, a live process."""
import http.server
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.request

BINARY = os.environ["CPESTORM"]
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def cpestorm(*arguments, timeout=120, limit_descriptors=None, env=None):
    """Runs the binary to its end; output as text."""
    command = [BINARY, *map(str, arguments)]
    if limit_descriptors is not None:
        command = ["prlimit", f"--nofile={limit_descriptors}:{limit_descriptors}", *command]
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout,
                          env={**os.environ, **(env or {})}, check=False)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_until(condition, seconds=30):
    """Waits for a condition with a deadline; returns its value."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"did not come true within {seconds} s")


def get(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.read().decode()


class Process:
    """A cpestorm that goes on running; its stderr is collected."""

    def __init__(self, *arguments, env=None):
        self.process = subprocess.Popen([BINARY, *map(str, arguments)], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True,
                                        env={**os.environ, **(env or {})})
        self.err = ""
        self.ended = None
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stderr:
            self.err += line

    def wait_for(self, text):
        wait_until(lambda: text in self.err or self.process.poll() is not None)
        assert text in self.err, self.err

    def end(self, signal=15, timeout=60):
        """Sends a signal and returns (exit code, stdout); again: the same."""
        if self.ended is not None:
            return self.ended
        if self.process.poll() is None:
            self.process.send_signal(signal)
        out = self.process.stdout.read()
        code = self.process.wait(timeout)
        self.reader.join(5)
        self.process.stdout.close()
        self.process.stderr.close()
        self.ended = (code, out)
        return self.ended


class Double:
    """An HTTP server on loopback in the place of an ACS; `answer(handler, body, over)` replies."""

    def __init__(self, answer):
        over = threading.Event()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                answer(self, self.rfile.read(int(self.headers.get("Content-Length", 0))), over)

            def log_message(self, *_):
                pass

        self.over = over
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.over.set()
        self.server.shutdown()
        self.server.server_close()


def reply(handler, status, headers, body):
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    if status != 204 or body:
        handler.send_header("Content-Length", str(len(body.encode())))
    handler.end_headers()
    handler.wfile.write(body.encode())


class Answering(Double):
    """Gives every POST the same answer; None: hangs."""

    def __init__(self, answer):
        super().__init__(lambda handler, _, over:
                         over.wait(30) if answer is None else reply(handler, *answer))


INFORM_RESPONSE = """<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"
 xmlns:cwmp="urn:dslforum-org:cwmp-1-2"><soap:Body><cwmp:InformResponse><MaxEnvelopes>1</MaxEnvelopes>
</cwmp:InformResponse></soap:Body></soap:Envelope>"""


class SlowAcs(Double):
    """An ACS that wants nothing and takes its time to say so."""

    def __init__(self, delay_seconds):
        def answer(handler, inform, over):
            if not inform:
                reply(handler, 204, {}, "")
                return
            over.wait(delay_seconds)
            reply(handler, 200, {"Content-Type": "text/xml"}, INFORM_RESPONSE)
        super().__init__(answer)


class Case(unittest.TestCase):
    """Each test has a folder of its own, and says all when it fails."""
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="cpestorm-cli-")
        self.addCleanup(shutil.rmtree, self.folder)

    def file(self, name, text):
        path = pathlib.Path(self.folder) / name
        path.write_text(text)
        return path

    def assert_refused(self, result, code, *texts):
        self.assertEqual(result.returncode, code, result.stderr + result.stdout)
        for text in texts:
            self.assertIn(text, result.stderr)
        self.assertEqual(result.stdout, "")

    def summary(self, folder):
        return json.loads((pathlib.Path(folder) / "summary.json").read_text())

    def assert_balanced(self, summary):
        s = summary["sessions"]
        self.assertEqual(s["offered"], s["ok"] + s["failed"] + s["shed"] + s["unfinished"], s)
