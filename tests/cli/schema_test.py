"""Every message a fleet and the embedded ACS exchange is valid by the official schema.

An extra: needs xmllint and the schemas of the Broadband Forum beside the project."""
import json
import pathlib
import shutil
import socket
import socketserver
import subprocess
import sys
import threading
import unittest

from support import Case, Process, ROOT, cpestorm, free_port

SCHEMA = ROOT.parent / "shared/spec/schema/local-strict/cwmp-soap-1-4.xsd"

EVERY_RPC = {"on": {"0 BOOTSTRAP": [
    {"rpc": "GetRPCMethods"},
    {"rpc": "GetParameterNames", "path": "", "next_level": False},
    {"rpc": "GetParameterValues", "names": ["{root}"]},
    {"rpc": "GetParameterAttributes", "names": ["{root}DeviceInfo."]},
    {"rpc": "SetParameterAttributes",
     "parameters": {"{root}ManagementServer.PeriodicInformInterval": {"notification": 2}}},
    {"rpc": "SetParameterValues", "parameter_key": "k<&>\"'", "parameters": {
        "{root}DeviceInfo.ProvisioningCode": {"value": "<&>\"' \u00e4", "type": "string"}}},
    {"rpc": "SetParameterValues", "expect_fault": 9003, "parameters": {
        "{root}DeviceInfo.UpTime": {"value": "1", "type": "unsignedInt"},
        "{root}No.Such": {"value": "1", "type": "string"}}},
    {"rpc": "GetParameterValues", "names": ["{root}Nothing."], "expect_fault": 9005},
    {"rpc": "AddObject", "object": "{root}NAT.PortMapping."},
    {"rpc": "DeleteObject", "object": "{root}NAT.PortMapping.{instance}."},
    {"rpc": "Download", "file_type": "3 Vendor Configuration File",
     "url": "http://127.0.0.1:9/config", "command_key": "d"},
    {"rpc": "Reboot", "command_key": "r"}]}}


class Recorder(socketserver.ThreadingTCPServer):
    """Passes connections on to a port and keeps the bodies that go either way."""
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, target):
        self.target = target
        self.bodies = []
        super().__init__(("127.0.0.1", 0), None)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def finish_request(self, request, client_address):
        with socket.create_connection(("127.0.0.1", self.target)) as peer:
            back = threading.Thread(target=self.copy, args=(peer, request), daemon=True)
            back.start()
            self.copy(request, peer)
            back.join()

    def copy(self, source, sink):
        stream = b""
        try:
            while data := source.recv(65536):
                stream += data
                sink.sendall(data)
        except OSError:
            pass
        finally:
            self.keep(stream)
            try:
                sink.shutdown(socket.SHUT_WR)
            except OSError:
                pass

    def keep(self, stream):
        while b"\r\n\r\n" in stream:
            head, stream = stream.split(b"\r\n\r\n", 1)
            length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n")
                           if line.lower().startswith(b"content-length:")), 0)
            if stream[:length].strip():
                self.bodies.append(stream[:length])
            stream = stream[length:]


class Messages(Case):
    def test_all_that_is_said_is_valid(self):
        port = free_port()
        script = self.file("script.json", json.dumps(EVERY_RPC))
        acs = Process("acs", "--listen", f"127.0.0.1:{port}", "--script", script)
        self.addCleanup(acs.end)
        acs.wait_for("ACS at ")
        with Recorder(port) as recorder:
            url = f"http://127.0.0.1:{recorder.server_address[1]}/"
            run = cpestorm("run", "--acs", url, "--devices", 2, "--ramp", "0s", "--interval", "2s",
                           "--for", "6s", "--set", "reboot_time=1s", "--cr-backend", "none")
            recorder.shutdown()
        self.assertEqual(run.returncode, 0, run.stdout)
        for i, body in enumerate(recorder.bodies):
            path = pathlib.Path(self.folder) / f"{i}.xml"
            path.write_bytes(body)
            valid = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", str(SCHEMA), str(path)],
                                   capture_output=True, text=True, check=False)
            self.assertEqual(valid.returncode, 0, valid.stderr + body.decode())
        text = b"".join(recorder.bodies).decode()
        for method in ("Inform", "GetRPCMethods", "GetParameterNames", "GetParameterValues",
                       "SetParameterValues", "GetParameterAttributes", "SetParameterAttributes",
                       "AddObject", "DeleteObject", "Download", "Reboot", "TransferComplete"):
            self.assertIn(f"<cwmp:{method}", text)
            self.assertIn(f"<cwmp:{method}Response", text)
        self.assertIn("<SetParameterValuesFault>", text)
        print(f"{len(recorder.bodies)} messages validated", file=sys.stderr)


if __name__ == "__main__":
    if not SCHEMA.exists() or not shutil.which("xmllint"):
        print(f"SKIPPED: needs xmllint and {SCHEMA.name} beside the project")
        sys.exit(77)
    unittest.main()
