#!/usr/bin/env python3
"""Two fleets of 100 CPEs against a running GenieACS, told and asked through its NBI.

Environment:
  CPESTORM                       the binary
  CPESTORM_GENIEACS_CWMP         URL for CPEs, such as http://127.0.0.1:7547/
  CPESTORM_GENIEACS_NBI          URL of the NBI, such as http://127.0.0.1:7557
  CPESTORM_GENIEACS_CR_ADDRESS   address of this host that GenieACS can reach (if it is elsewhere)
  CPESTORM_GENIEACS_KEEP         if set, devices and results are left for a look

GenieACS must have what its first-run wizard installs ("presets and provisions"): without them it
does not learn the devices' connection-request passwords. The serial numbers of every run differ,
and the devices are deleted at its end.
"""

import json
import os
import pathlib
import secrets
import shutil
import subprocess
import sys
import tempfile
import time

from nbi import Nbi, leaves, value

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEVICES = 100
SKIPPED = 77
LISTED_SECONDS = 45
REBOOTED_SECONDS = 45
DELETED_SECONDS = 60


def check(condition, what):
    """Prints what holds; ends the test if it does not hold."""
    print(("ok: " if condition else "FAILED: ") + what, flush=True)
    if not condition:
        sys.exit(1)


def wait_until(condition, seconds, what):
    """Polls until the condition is true, and checks that it became so in time."""
    end = time.monotonic() + seconds
    while not (result := condition()) and time.monotonic() < end:
        time.sleep(0.5)
    check(result, what)


class Fleet:
    """A run of cpestorm: `with` starts it in the background and removes its devices in the end."""

    def __init__(self, cpestorm, nbi, folder, profile, options=()):
        self.cpestorm = cpestorm
        self.nbi = nbi
        self.folder = folder
        self.serial = f"IT{secrets.token_hex(4).upper()}-"
        profile["identity"]["serial"] = self.serial + "{index:04}"
        self.identity = profile["identity"]
        self.profile = folder / "profile.json"
        self.profile.write_text(json.dumps(profile))
        self.options = list(options)
        self.query = {"_deviceId._SerialNumber": {"$regex": "^" + self.serial}}

    def __enter__(self):
        command = [self.cpestorm, "run", "--acs", os.environ["CPESTORM_GENIEACS_CWMP"],
                   "--devices", str(DEVICES), "--profile", str(self.profile), "--seed", "7",
                   "--interval", "20s", "--ramp", "5s", "--for", "60s", "--set", "reboot_time=2s",
                   "--out", str(self.folder), *self.options]
        if address := os.environ.get("CPESTORM_GENIEACS_CR_ADDRESS"):
            command += ["--cr-address", address]
        print("$ " + " ".join(command), flush=True)
        self.log = (self.folder / "log").open("w")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log)
        return self

    def __exit__(self, kind, error, trace):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.close()
        if kind is not None:
            print((self.folder / "log").read_text())
        if "CPESTORM_GENIEACS_KEEP" not in os.environ:
            self.delete_devices()

    def delete_devices(self):
        left = [d["_id"] for d in self.nbi.find("devices", self.query, ["_id"])]
        end = time.monotonic() + DELETED_SECONDS  # one may be in the session that just ended
        while left and time.monotonic() < end:
            left = [d for d in left if not self.nbi.delete_device(d)]
        if left:
            print(f"{len(left)} devices of {self.serial} could not be deleted", file=sys.stderr)

    def listed(self):
        """GenieACS's documents of the fleet: identity and times only."""
        times = ["_id", "_deviceId", "_lastInform", "_lastBoot", "_lastBootstrap"]
        return self.nbi.find("devices", self.query, times)

    def result(self):
        """Waits for the end of the run: (exit code, summary.json, what it printed)."""
        code = self.process.wait(timeout=180)
        summary = json.loads((self.folder / "summary.json").read_text())
        return code, summary, (self.folder / "log").read_text()


def check_listed(fleet, root, software_version):
    """All devices are listed as what they say they are; their ids by number."""
    wait_until(lambda: len(fleet.listed()) == DEVICES, LISTED_SECONDS,
               f"GenieACS lists {DEVICES} devices with serial numbers {fleet.serial}NNNN")
    devices = sorted(fleet.listed(), key=lambda d: d["_deviceId"]["_SerialNumber"])
    check([d["_deviceId"]["_SerialNumber"] for d in devices] ==
          [f"{fleet.serial}{i:04}" for i in range(DEVICES)], "each serial number is there once")
    identity = fleet.identity
    expected = (identity["manufacturer"], identity["oui"], identity["product_class"])
    shown = {(d["_deviceId"]["_Manufacturer"], d["_deviceId"]["_OUI"],
              d["_deviceId"]["_ProductClass"]) for d in devices}
    check(shown == {expected}, f"manufacturer, OUI and product class are {expected}")
    check(all("_lastBootstrap" in d and "_lastBoot" in d for d in devices),
          "all came with 0 BOOTSTRAP and 1 BOOT")
    path = f"{root}.DeviceInfo.SoftwareVersion"
    versions = {value(d, path) for d in fleet.nbi.find("devices", fleet.query, [path])}
    check(versions == {software_version}, f"{path} is {software_version}")
    return [d["_id"] for d in devices]


def run_task(fleet, device, task):
    """The device executes a task in the session that GenieACS asks it for."""
    status, reason = fleet.nbi.run_task(device, task)
    check(status == 200, f"{device}: {task['name']}: HTTP {status} {reason}")
    check(not fleet.nbi.find("tasks", {"device": device}, ["_id"]), "... and no task is left")


def check_get_and_set(fleet, devices, read, write):
    """read: (path, value) of the profile; write: (path, new value)."""
    for device in devices:
        run_task(fleet, device, {"name": "getParameterValues", "parameterNames": [read[0]]})
        check(value(fleet.nbi.device(device), read[0]) == read[1], f"... {read[0]} is {read[1]}")
        text = f"{write[1]} {device[-4:]}"
        run_task(fleet, device, {"name": "setParameterValues",
                                 "parameterValues": [[write[0], text, "xsd:string"]]})
        # GenieACS believes a SetParameterValuesResponse; only reading it back proves something.
        run_task(fleet, device, {"name": "getParameterValues", "parameterNames": [write[0]]})
        check(value(fleet.nbi.device(device), write[0]) == text, f"... {write[0]} is {text}")


def check_refresh(fleet, device, root):
    """GenieACS finds every parameter that the profile has, and reads them all."""
    run_task(fleet, device, {"name": "refreshObject", "objectName": root})
    shown = subprocess.run([fleet.cpestorm, "profile", "show", str(fleet.profile)], check=True,
                           stdout=subprocess.PIPE, text=True).stdout.splitlines()
    expected = {line.split("\t")[0] for line in shown}
    found = leaves({root: fleet.nbi.device(device)[root]})
    difference = sorted(expected ^ set(found))[:5]
    check(not difference,
          f"... {len(found)} of {len(expected)} parameters, different: {difference}")
    unread = sorted(path for path, v in found.items() if v is None)[:5]
    check(not unread, f"... all with a value, without: {unread}")


def check_objects(fleet, device, table):
    """An instance is added to a table of two, and deleted again."""

    def instances():
        node = fleet.nbi.device(device)
        for component in table.split("."):
            node = node[component]
        return {key for key in node if key.isdigit()}

    run_task(fleet, device, {"name": "addObject", "objectName": table})
    check(instances() == {"1", "2", "3"}, f"... {table} has a third instance")
    run_task(fleet, device, {"name": "deleteObject", "objectName": f"{table}.3"})
    check(instances() == {"1", "2"}, "... and no longer has it")


def check_reboot(fleet, devices):
    before = {d["_id"]: (d["_lastBoot"], d["_lastBootstrap"]) for d in fleet.listed()}
    for device in devices:
        run_task(fleet, device, {"name": "reboot"})

    def back():
        now = {d["_id"]: d["_lastBoot"] for d in fleet.listed()}
        return all(now[d] != before[d][0] for d in devices)

    wait_until(back, REBOOTED_SECONDS, f"{len(devices)} devices are back with 1 BOOT")
    now = {d["_id"]: (d["_lastBoot"], d["_lastBootstrap"]) for d in fleet.listed()}
    check(all(now[d][1] == before[d][1] for d in before), "none of them with 0 BOOTSTRAP")
    check(all(now[d] == before[d] for d in before if d not in devices), "no other device booted")


def check_end(fleet, devices, connection_requests):
    check(fleet.process.poll() is None, "all this happened while the fleet was running")
    code, summary, text = fleet.result()
    print(text)
    check(code == 0, f"cpestorm ends with exit code {code}")
    books = summary["sessions"]
    check(books["offered"] == books["ok"] and
          not (books["failed"] or books["shed"] or books["unfinished"]),
          "offered {offered} = ok {ok} + failed {failed} + shed {shed} + unfinished {unfinished}"
          .format(**books))
    check(summary["run"]["phase"] == "finished" and summary["run"]["seconds"] >= 60,
          "the summary is of the whole run")
    check(summary["devices"]["registered"] == DEVICES, f"{DEVICES} devices are registered")
    check(not summary["faults"], f"faults: {summary['faults']}")
    served = summary["connection_requests"].get("ok", 0)
    check(served >= connection_requests,
          f"{served} connection requests, at least {connection_requests} expected")
    print(f"deviations of the ACS: {summary['acs_deviations']}")
    faults = [f for f in fleet.nbi.find("faults", {}) if f.get("device") in set(devices)]
    check(not faults, f"GenieACS has no fault: {faults[:3]}")


def check_fleet(fleet, root, software_version, read, write, table):
    """All checks of one fleet; read and write as for check_get_and_set, table of two instances."""
    with fleet:
        devices = check_listed(fleet, root, software_version)
        tasked = devices[3::40]  # three of them
        check_get_and_set(fleet, tasked, read, write)
        check_refresh(fleet, devices[11], root)
        check_objects(fleet, devices[12], table)
        rebooted = devices[20::40]
        check_reboot(fleet, rebooted)
        check_end(fleet, devices, 3 * len(tasked) + 1 + 2 + len(rebooted))


def imported_profile(cpestorm, folder):
    """A real device's export, TR-098; its product class has a character GenieACS escapes."""
    export = ROOT / "tests/golden/model/router.csv"
    profile = folder / "imported.json"
    subprocess.run([cpestorm, "profile", "import", str(export), "-o", str(profile)], check=True)
    return json.loads(profile.read_text())


def new_folder(parent, name):
    folder = parent / name
    folder.mkdir()
    return folder


def main():
    if not {"CPESTORM_GENIEACS_CWMP", "CPESTORM_GENIEACS_NBI"} <= os.environ.keys():
        print("SKIPPED: set CPESTORM_GENIEACS_CWMP and CPESTORM_GENIEACS_NBI to test against a "
              "GenieACS")
        sys.exit(SKIPPED)
    cpestorm = os.environ["CPESTORM"]
    nbi = Nbi(os.environ["CPESTORM_GENIEACS_NBI"])
    work = pathlib.Path(tempfile.mkdtemp(prefix="cpestorm-genieacs-"))
    try:
        print("--- the profile imported from an export (TR-098)")
        imported = imported_profile(cpestorm, work)
        check_fleet(Fleet(cpestorm, nbi, new_folder(work, "imported"), imported),
                    "InternetGatewayDevice", "2.7.1",
                    ("InternetGatewayDevice.DeviceInfo.Description", 'A "fast" {router}, really'),
                    ("InternetGatewayDevice.DeviceInfo.ProvisioningCode", "interop"),
                    "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1."
                    "PortMapping")
        print("--- the shipped profile (TR-181), which keeps its own interval")
        shipped = json.loads((ROOT / "profiles/tr181-gateway.json").read_text())
        check_fleet(Fleet(cpestorm, nbi, new_folder(work, "shipped"), shipped, ["--keep-interval"]),
                    "Device", "5.2.1",
                    ("Device.DeviceInfo.Description", "VDSL home gateway with dual-band Wi-Fi"),
                    ("Device.WiFi.SSID.1.SSID", "Café <&> \"Bar\""),
                    "Device.NAT.PortMapping")
        print("all checks passed")
    finally:
        if "CPESTORM_GENIEACS_KEEP" in os.environ:
            print(f"results are in {work}")
        else:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
