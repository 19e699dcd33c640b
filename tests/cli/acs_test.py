"""The embedded ACS on its own, and a fleet against it over the network."""
import base64
import json
import signal
import subprocess
import unittest
import urllib.error
import urllib.request

from support import Case, Process, cpestorm, free_port, get, wait_until

FLEET = ["--ramp", "0s", "--interval", "1h"]


class Acs(Case):
    def start_acs(self, *more):
        port, admin = free_port(), free_port()
        acs = Process("acs", "--listen", f"127.0.0.1:{port}", "--admin", f"127.0.0.1:{admin}", *more)
        self.addCleanup(acs.end)
        acs.wait_for("ACS at ")
        return acs, port, f"http://127.0.0.1:{admin}"

    def run_fleet(self, url, *more, code=0, env=None):
        out = f"{self.folder}/out"
        result = cpestorm("run", "--acs", url, "--out", out, *FLEET, *more, env=env)
        self.assertEqual(result.returncode, code, result.stderr + result.stdout)
        summary = self.summary(out)
        self.assert_balanced(summary)
        return summary

    def test_registry_and_metrics(self):
        acs, port, admin = self.start_acs()
        summary = self.run_fleet(f"http://127.0.0.1:{port}/", "--devices", 20, "--for", "2s")
        self.assertEqual(summary["sessions"]["ok"], 20)
        listed = json.loads(get(f"{admin}/devices"))
        self.assertEqual(listed["registered"], 20)
        self.assertEqual(len({d["id"] for d in listed["devices"]}), 20)
        self.assertIn("cpestorm_acs_cpe_deviations_total 0", get(f"{admin}/metrics"))
        code, out = acs.end(signal.SIGINT)
        self.assertEqual(code, 130)
        self.assertIn("devices registered 20", out)

    def test_digest_credentials(self):
        _, port, _ = self.start_acs("--username", "fleet", "--password", "s3cret")
        url = f"http://127.0.0.1:{port}/"
        secret = self.file("password", "s3cret\n")
        good = self.run_fleet(url, "--devices", 5, "--for", "2s", "--username", "fleet",
                              "--password-file", secret)
        self.assertEqual(good["sessions"]["ok"], 5)
        by_env = self.run_fleet(url, "--devices", 5, "--for", "2s", "--username", "fleet",
                                env={"CPESTORM_ACS_PASSWORD": "s3cret"})
        self.assertEqual(by_env["sessions"]["ok"], 5)
        wrong = self.run_fleet(url, "--devices", 5, "--for", "2s", "--username", "fleet",
                               env={"CPESTORM_ACS_PASSWORD": "wrong"}, code=10)
        self.assertEqual(wrong["sessions"]["failed_by_reason"]["auth"], 5)

    def test_connection_requests_of_both_backends(self):
        for backend in ("socket", "address"):
            with self.subTest(backend=backend):
                _, port, admin = self.start_acs()
                run = Process("run", "--acs", f"http://127.0.0.1:{port}/", "--devices", 10, *FLEET,
                              "--for", "10m", "--cr-backend", backend, "--threads", 2,
                              "--out", f"{self.folder}/{backend}")
                wait_until(lambda: json.loads(get(f"{admin}/devices"))["registered"] == 10)
                before = {d["id"]: d["informs"]
                          for d in json.loads(get(f"{admin}/devices"))["devices"]}
                for device in before:
                    urllib.request.urlopen(urllib.request.Request(
                        f"{admin}/connection-request?{device}", method="POST"), timeout=5)

                def all_informed(admin=admin, before=before):
                    now = json.loads(get(f"{admin}/devices"))["devices"]
                    return all(d["informs"] == before[d["id"]] + 1 for d in now)
                wait_until(all_informed)
                code, _ = run.end(signal.SIGINT)
                self.assertEqual(code, 130, run.err)
                summary = self.summary(f"{self.folder}/{backend}")
                self.assertEqual(summary["connection_requests"]["ok"], 10)
                self.assertEqual(summary["events"]["6 CONNECTION REQUEST"], 10)
                self.assertEqual(summary["sessions"]["failed"], 0)
                count = summary["latency"]["connection_request_to_inform_seconds"]["count"]
                self.assertEqual(count, 10)

    def test_wrong_connection_requests_start_nothing(self):
        _, port, admin = self.start_acs()
        run = Process("run", "--acs", f"http://127.0.0.1:{port}/", "--devices", 1, *FLEET,
                      "--for", "10m", "--out", f"{self.folder}/out")
        device = wait_until(lambda: json.loads(get(f"{admin}/devices"))["devices"])[0]
        url = device["connection_request_url"]

        def status(target, method="GET", headers=None):
            try:
                return urllib.request.urlopen(urllib.request.Request(
                    target, method=method, headers=headers or {}), timeout=5).status
            except urllib.error.HTTPError as e:
                return e.code
        self.assertEqual(status(url), 401)
        self.assertEqual(status(url, headers={"Authorization": "Digest username=\"x\""}), 401)
        basic = base64.b64encode(b"a:b").decode()
        self.assertEqual(status(url, headers={"Authorization": "Basic " + basic}), 401)
        self.assertEqual(status(url.rsplit("/", 1)[0] + "/other"), 404)
        self.assertEqual(status(url, method="POST"), 405)
        run.end(signal.SIGINT)
        summary = self.summary(f"{self.folder}/out")
        self.assertEqual(summary["sessions"]["offered"], 1)
        self.assertEqual(summary["connection_requests"]["unauthorized"], 3)

    def test_acs_killed_and_started_again(self):
        acs, port, _ = self.start_acs()
        run = Process("run", "--acs", f"http://127.0.0.1:{port}/", "--devices", 20, "--ramp", "0s",
                      "--interval", "1s", "--for", "10m", "--admin", f"127.0.0.1:{free_port()}",
                      "--out", f"{self.folder}/out", "--cr-backend", "none")
        admin = "http://" + wait_until(lambda: "metrics at http://" in run.err and run.err).split(
            "metrics at http://")[1].split("/")[0]

        def metric(name):
            lines = get(f"{admin}/metrics").splitlines()
            return sum(float(l.rsplit(" ", 1)[1]) for l in lines if l.startswith(name))
        wait_until(lambda: metric('cpestorm_sessions_completed_total') >= 40)
        acs.end(signal.SIGKILL)
        wait_until(lambda: metric('cpestorm_sessions_failed_total') >= 10)
        again = Process("acs", "--listen", f"127.0.0.1:{port}")
        self.addCleanup(again.end)
        wait_until(lambda: metric('cpestorm_sessions_recovered_total') >= 10, seconds=90)
        run.end(signal.SIGINT)
        summary = self.summary(f"{self.folder}/out")
        self.assert_balanced(summary)
        self.assertGreater(summary["sessions"]["attempts"], summary["sessions"]["failed"])

    def certificates(self):
        def openssl(*arguments):
            subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                "-keyout", "key.pem", "-out", "cert.pem")
        return f"{self.folder}/cert.pem", f"{self.folder}/key.pem"

    def test_https(self):
        cert, key = self.certificates()
        _, port, _ = self.start_acs("--cert", cert, "--key", key)
        url = f"https://127.0.0.1:{port}/"
        summary = self.run_fleet(url, "--devices", 10, "--for", "2s", "--ca", cert)
        self.assertEqual(summary["sessions"]["ok"], 10)
        untrusted = cpestorm("run", "--acs", url, "--devices", 1)
        self.assert_refused(untrusted, 3, "certificate verify failed", "--ca")

    def test_bad_script(self):
        path = self.file("s.json", '{\n "on": {\n  "2 PERIODIK": []\n }\n}')
        self.assert_refused(cpestorm("acs", "--script", path), 2, "s.json:3:")


if __name__ == "__main__":
    unittest.main()
