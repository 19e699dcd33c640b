"""Runs against the embedded ACS: the books, the files, the admin port, signals."""
import json
import pathlib
import signal
import unittest

from support import Case, Process, ROOT, cpestorm, free_port, get, wait_until


class Runs(Case):
    def run_fleet(self, *arguments, code=0):
        out = f"{self.folder}/out"
        result = cpestorm("run", "--out", out, *arguments)
        self.assertEqual(result.returncode, code, result.stderr + result.stdout)
        summary = self.summary(out)
        self.assert_balanced(summary)
        return summary, result

    def assert_clean(self, summary, devices):
        s = summary["sessions"]
        self.assertEqual((s["failed"], s["shed"], s["unfinished"]), (0, 0, 0), s)
        self.assertEqual(summary["devices"]["registered"], devices)
        self.assertEqual(summary["verdict"], "PASS")
        self.assertFalse(summary["acs_deviations"], summary["acs_deviations"])

    def test_a_fleet_registers_and_informs(self):
        summary, result = self.run_fleet("--devices", 300, "--ramp", "1s", "--interval", "2s",
                                         "--for", "5s")
        self.assert_clean(summary, 300)
        self.assertEqual(summary["events"]["0 BOOTSTRAP"], 300)
        self.assertGreaterEqual(summary["events"]["2 PERIODIC"], 300)
        self.assertGreater(summary["rpcs"]["GetParameterNames"]["ok"], 0)
        self.assertIn("offered", result.stdout)
        self.assertIn("deviations of the CPEs 0", result.stdout)
        self.assertEqual((pathlib.Path(self.folder) / "out/summary.txt").read_text(), result.stdout)
        latency = summary["latency"]["session_response_seconds"]
        self.assertEqual(latency["count"], summary["sessions"]["ok"])
        self.assertLessEqual(latency["p50"], latency["max"])

    def test_tr098_and_both_endpoint_backends(self):
        for backend in ("address", "socket", "none"):
            with self.subTest(backend=backend):
                summary, _ = self.run_fleet("--devices", 50, "--ramp", "0s", "--for", "2s",
                                            "--profile", "tr098-gateway", "--cr-backend", backend)
                self.assert_clean(summary, 50)

    def test_same_seed_same_schedule_for_any_number_of_threads(self):
        offered = set()
        for threads in (1, 2, 4):
            summary, _ = self.run_fleet("--devices", 100, "--ramp", "1s", "--interval", "2s",
                                        "--for", "5s", "--threads", threads, "--seed", 7)
            self.assert_clean(summary, 100)
            offered.add(summary["sessions"]["offered"])
        self.assertEqual(len(offered), 1, offered)

    def test_scenario_file_with_overrides(self):
        path = self.file("s.json", json.dumps({
            "$comment": "small", "name": "small", "devices": 20, "ramp": "0s", "duration": "2s",
            "interval": "60s", "connection_requests": {"backend": "none"}}))
        summary, result = self.run_fleet(path, "--devices", "30", "--set", "seed=9")
        self.assert_clean(summary, 30)
        self.assertIn("small", result.stdout)

    def test_shipped_scenarios(self):
        for path in sorted((ROOT / "scenarios").glob("*.json")):
            with self.subTest(scenario=path.name):
                summary, _ = self.run_fleet(path, "--devices", 20, "--ramp", "0s", "--for", "3s",
                                            "--set", "seed=1")
                self.assert_clean(summary, 20)

    def test_script_with_every_rpc(self):
        script = self.file("script.json", json.dumps({"on": {
            "0 BOOTSTRAP": [
                {"rpc": "GetRPCMethods"},
                {"rpc": "GetParameterValues", "names": ["{root}"]},
                {"rpc": "GetParameterValues", "names": ["{root}Nothing."], "expect_fault": 9005},
                {"rpc": "GetParameterNames", "path": "", "next_level": True},
                {"rpc": "SetParameterValues", "parameter_key": "k", "parameters": {
                    "{root}ManagementServer.PeriodicInformInterval":
                        {"value": "3600", "type": "unsignedInt"}}},
                {"rpc": "SetParameterValues", "parameter_key": "k", "expect_fault": 9003,
                 "parameters": {"{root}DeviceInfo.UpTime": {"value": "1", "type": "unsignedInt"}}},
                {"rpc": "Reboot", "command_key": "again"}],
            "1 BOOT": [],
            "*": []}}))
        summary, result = self.run_fleet("--devices", 10, "--ramp", "0s", "--for", "6s",
                                         "--acs-script", script, "--set", "reboot_time=1s")
        self.assert_clean(summary, 10)
        self.assertIn("unexpected faults 0", result.stdout)
        self.assertIn("deviations of the CPEs 0", result.stdout)
        self.assertEqual(summary["events"]["M Reboot"], 10)
        self.assertEqual(summary["faults"]["9005"], 10)
        self.assertEqual(summary["faults"]["9003"], 10)

    def test_plan_is_printed(self):
        text = cpestorm("check", "--devices", "30k", "--interval", "300s").stdout
        self.assertIn("100.0 sessions/s", text)
        self.assertIn("30000", text)


class Living(Case):
    def test_metrics_status_line_and_ctrl_c(self):
        port = free_port()
        run = Process("run", "--devices", 50, "--ramp", "0s", "--interval", "1s", "--for", "10m",
                      "--admin", f"127.0.0.1:{port}", "--out", f"{self.folder}/out")
        run.wait_for("metrics at")
        wait_until(lambda: 'cpestorm_devices{state="idle"} 50' in
                   get(f"http://127.0.0.1:{port}/metrics").replace('profile="tr181-gateway",', ""))
        self.assertEqual(get(f"http://127.0.0.1:{port}/healthz"), "ok\n")
        run.wait_for("50/50")  # the status line of every ten seconds
        code, out = run.end(signal.SIGINT)
        self.assertEqual(code, 130, run.err)
        self.assertIn("offered", out)
        summary = self.summary(f"{self.folder}/out")
        self.assert_balanced(summary)
        self.assertEqual(summary["sessions"]["failed"], 0)

    def test_sigterm(self):
        run = Process("run", "--devices", 5, "--ramp", "0s", "--for", "10m")
        run.wait_for("CPEs (tr181-gateway)")
        code, out = run.end(signal.SIGTERM)
        self.assertEqual(code, 143, run.err)
        self.assertIn("offered", out)


if __name__ == "__main__":
    unittest.main()
