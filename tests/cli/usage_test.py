"""Wrong input of every kind is answered with one clear sentence and the right exit code."""
import os
import socket
import subprocess
import unittest

from support import Answering, SlowAcs, BINARY, Case, ROOT, cpestorm, free_port

SHORT = ["--for", "2s", "--ramp", "0s", "--interval", "10s", "--drain", "5s"]


class Options(Case):
    def test_help_and_version(self):
        self.assertEqual(cpestorm("--version").stdout.split()[0], "cpestorm")
        text = cpestorm("run", "--help")
        self.assertEqual(text.returncode, 0)
        for option in ("--acs", "--devices", "--interval", "--set", "--cr-backend"):
            self.assertIn(option, text.stdout)

    def test_no_command(self):
        self.assertEqual(cpestorm().returncode, 2)

    def test_unknown_option(self):
        self.assert_refused(cpestorm("run", "--device", "5"), 2, "--device")

    def test_bad_values_name_the_option_and_what_is_expected(self):
        for option, value, expected in [
                ("--devices", "many", "many"), ("--devices", "0", "between 1"),
                ("--interval", "300", "unit"), ("--for", "-5s", "--for"),
                ("--acs", "ftp://x/", "neither http nor https"), ("--acs", "acs:7547", "usable URL"),
                ("--cr-backend", "magic", "auto, none, address or socket"),
                ("--cr-port", "70000", "65535")]:
            with self.subTest(option=option, value=value):
                self.assert_refused(cpestorm("run", f"{option}={value}"), 2, option, expected)

    def test_no_secret_is_shown(self):
        shown = cpestorm("check", "--acs", "http://user:s3cret@127.0.0.1/")
        self.assertNotIn("s3cret", shown.stdout + shown.stderr)
        refused = cpestorm("check", "--acs", "ftp://user:s3cret@127.0.0.1/")
        self.assertNotIn("s3cret", refused.stdout + refused.stderr)
        odd = cpestorm("check", "--username", "u", env={"CPESTORM_ACS_PASSWORD": "pa{s3cret}"})
        self.assertEqual(odd.returncode, 2)
        self.assertNotIn("s3cret", odd.stdout + odd.stderr)

    def test_a_result_that_cannot_be_written_is_no_success(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            result = subprocess.run([BINARY, "check"], stdout=full, stderr=subprocess.PIPE, text=True,
                                    timeout=30, check=False)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn("standard output", result.stderr)

    def test_empty_values_are_no_values(self):
        self.assert_refused(cpestorm("run", "--acs", ""), 2, "--acs")

    def test_set_suggests_the_key(self):
        self.assert_refused(cpestorm("run", "--set", "device=5"), 2, "did you mean 'devices'")
        self.assert_refused(cpestorm("run", "--set", "devices"), 2, "KEY=VALUE")

    def test_out_folder_that_cannot_be_made(self):
        blocker = self.file("file", "")
        self.assert_refused(cpestorm("run", "--devices", 1, "--out", blocker / "out"), 2, "--out")


class ScenarioFiles(Case):
    def refused(self, text, *expected):
        path = self.file("scenario.json", text)
        self.assert_refused(cpestorm("run", path), 2, str(path), *expected)

    def test_no_such_file(self):
        self.assert_refused(cpestorm("run", "nowhere.json"), 2, "nowhere.json", "No such file")

    def test_broken_json(self):
        self.refused('{\n  "devices": 10,\n}', "scenario.json:3:")

    def test_unknown_key(self):
        self.refused('{\n  "devises": 10\n}', "scenario.json:2:3", "did you mean 'devices'")

    def test_wrong_type(self):
        self.refused('{"devices": [1]}', "scenario.json:1:13", "expected a")
        self.refused('{"devices": "ten"}', "scenario.json:1:13", "ten")
        self.refused('[]', "scenario.json:1:1", "expected an object")

    def test_duplicate_key(self):
        self.refused('{"devices": 1, "devices": 2}', "scenario.json:1:16", "devices")

    def test_nested_key(self):
        self.refused('{"acs": {"urk": "http://x/"}}', "did you mean 'acs.url'")


class Profiles(Case):
    def test_shipped_profiles_are_good(self):
        for name in ("tr181-gateway", "tr098-gateway"):
            result = cpestorm("profile", "check", name)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn("parameters", result.stdout)

    def test_show_prints_computed_values(self):
        shown = cpestorm("profile", "show", "tr181-gateway").stdout
        self.assertIn("Device.DeviceInfo.SerialNumber\tstring\tread-only\t", shown)

    def test_unknown_name_lists_what_there_is(self):
        self.assert_refused(cpestorm("run", "--profile", "tr069"), 2, "tr069", "tr181-gateway")

    def test_broken_profiles(self):
        for text, expected in [
                ("{", ".json:1:"),
                ('{"name": "x", "identity": {}}', "manufacturer"),
                ('{"nome": "x"}', "did you mean"),
        ]:
            path = self.file("p.json", text)
            with self.subTest(text=text):
                self.assert_refused(cpestorm("profile", "check", path), 2, "p.json", expected)

    def test_import(self):
        csv = self.file("d.csv", "Parameter,Object,Writable,Value,Value type\n"
                                 "Device.DeviceInfo,true,false,,\n"
                                 "Device.DeviceInfo.SoftwareVersion,false,false,1.0,xsd:string\n"
                                 "Device.DeviceInfo.SerialNumber,false,false,ABC,xsd:string\n")
        out = csv.with_name("d.json")
        result = cpestorm("profile", "import", csv, "-o", out)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(cpestorm("profile", "check", out).returncode, 0)
        bad = self.file("bad.csv", "Name,Value\nx,y\n")
        self.assert_refused(cpestorm("profile", "import", bad), 2, "bad.csv:1")


class Hosts(Case):
    def test_unreachable_acs(self):
        url = f"http://127.0.0.1:{free_port()}/"
        self.assert_refused(cpestorm("run", "--acs", url), 3, "connect_refused", "is the ACS running")

    def test_unknown_host(self):
        self.assert_refused(cpestorm("run", "--acs", "http://no-such-host.invalid/"), 3,
                            "no-such-host.invalid")

    def test_admin_port_in_use(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            s.listen()
            port = s.getsockname()[1]
            self.assert_refused(cpestorm("run", "--devices", 1, "--admin", f"127.0.0.1:{port}"), 3,
                                "--admin", "another program has this port")
            self.assert_refused(cpestorm("acs", "--listen", f"127.0.0.1:{port}"), 3,
                                "another program has this port")

    def test_too_many_devices_for_the_descriptor_limit(self):
        result = cpestorm("run", "--devices", 5000, "--cr-backend", "socket",
                          "--max-in-flight", 50, limit_descriptors=1000)
        self.assert_refused(result, 3, "1000", "address")

    def test_ports_of_outgoing_connections_are_refused(self):
        result = cpestorm("run", "--devices", 10, "--cr-backend", "socket", "--cr-port", 40000)
        self.assert_refused(result, 3, "ip_local_port_range")

    def test_tls_files(self):
        self.assert_refused(cpestorm("run", "--ca", "/nowhere/ca.pem"), 2, "/nowhere/ca.pem")


class BadAcs(Case):
    """The ACS is there but wrong: the run ends, says why, and does not pass."""

    def run_against(self, answer, *more):
        out = f"{self.folder}/out"
        with Answering(answer) as acs:
            result = cpestorm("run", "--acs", acs.url, "--devices", 3, "--out", out, *SHORT, *more)
        summary = self.summary(out)
        self.assert_balanced(summary)
        self.assertEqual(result.returncode, 10, result.stderr + result.stdout)
        self.assertEqual(summary["sessions"]["ok"], 0)
        return summary["sessions"]["failed_by_reason"], result.stdout

    def test_html(self):
        reasons, text = self.run_against((200, {"Content-Type": "text/html"}, "<html>Hello</html>"))
        self.assertEqual(list(k for k, v in reasons.items() if v), ["soap_parse"])
        self.assertIn("soap_parse", text)

    def test_server_error(self):
        reasons, _ = self.run_against((503, {"Retry-After": "60"}, "busy"))
        self.assertGreater(reasons["http_5xx"], 0)

    def test_no_credentials(self):
        reasons, text = self.run_against((401, {"WWW-Authenticate": 'Digest realm="x", nonce="y"'}, ""))
        self.assertGreater(reasons["auth"], 0)
        self.assertIn("credentials", text)

    def test_hanging(self):
        reasons, _ = self.run_against(None, "--set", "timeouts.response=500ms")
        self.assertGreater(reasons["read_timeout"], 0)

    def test_what_never_had_its_turn_is_shed(self):
        out = f"{self.folder}/out"
        with Answering(None) as acs:
            result = cpestorm("run", "--acs", acs.url, "--devices", 200, "--out", out, "--ramp", "0s",
                              "--max-in-flight", 10, "--for", "1s", "--drain", "1s",
                              "--cr-backend", "none", "--threads", 1)
        summary = self.summary(out)
        self.assert_balanced(summary)
        sessions = summary["sessions"]
        self.assertEqual((sessions["shed"], sessions["unfinished"]), (190, 10), sessions)
        self.assertEqual(sessions["attempts"], 10)
        self.assertEqual(result.returncode, 11, result.stdout)  # our own cap, not the ACS

    def test_each_missed_periodic_inform_is_offered(self):
        out = f"{self.folder}/out"
        with SlowAcs(2.5) as acs:
            cpestorm("run", "--acs", acs.url, "--devices", 5, "--out", out, "--ramp", "0s",
                     "--interval", "1s", "--for", "6s", "--cr-backend", "none")
        summary = self.summary(out)
        self.assert_balanced(summary)
        sessions = summary["sessions"]
        # A BOOTSTRAP each, and one per second and device, however long a session takes.
        self.assertGreaterEqual(sessions["offered"], 5 + 5 * 5, sessions)
        self.assertLess(sessions["attempts"], 5 + 5 * 5, sessions)
        self.assertGreater(sessions["deferred"], 0)

    def test_empty_answer(self):
        reasons, _ = self.run_against((204, {}, ""))
        self.assertGreater(reasons["protocol"], 0)


if __name__ == "__main__":
    assert os.path.exists(BINARY) and ROOT
    unittest.main()
