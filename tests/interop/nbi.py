"""The part of GenieACS's northbound interface (NBI) that the tests need."""

import json
import urllib.error
import urllib.parse
import urllib.request

TIMEOUT_SECONDS = 180  # a task with a connection request is answered when its session has ended


class Nbi:

    def __init__(self, url):
        self.url = url.rstrip("/")

    def _call(self, method, path, body=None):
        """(HTTP status, reason phrase, body) of a request; statuses from 400 on raise."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, method=method,
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
            return response.status, response.reason, response.read()

    def find(self, collection, query, projection=()):
        """The documents of devices, tasks or faults that match a MongoDB query."""
        parameters = {"query": json.dumps(query)}
        if projection:
            parameters["projection"] = ",".join(projection)
        path = f"/{collection}/?{urllib.parse.urlencode(parameters)}"
        return json.loads(self._call("GET", path)[2])

    def device(self, device_id):
        """The whole document of a device."""
        return self.find("devices", {"_id": device_id})[0]

    def run_task(self, device_id, task):
        """Queues a task and asks the device for a session.

        Returns (200, "OK") once that session has ended, or (202, why) if there was none.
        """
        # The standard wait for the session's start is 4 s, which a busy host may not keep.
        path = (f"/devices/{urllib.parse.quote(device_id, safe='')}/tasks"
                "?connection_request&timeout=30000")
        status, reason, _ = self._call("POST", path, task)
        return status, reason

    def delete_device(self, device_id):
        """Deletes a device with its tasks and faults; false if it is in a session."""
        try:
            self._call("DELETE", f"/devices/{urllib.parse.quote(device_id, safe='')}")
        except urllib.error.HTTPError as e:
            if e.code != 503:
                raise
            return False
        return True


def leaves(document, path=""):
    """{parameter path: value, or None if it was never read} of a device's document."""
    found = {}
    for key, child in document.items():
        if key.startswith("_") or not isinstance(child, dict):
            continue
        here = f"{path}.{key}" if path else key
        if child.get("_object") is False:
            found[here] = child.get("_value")
        else:
            found.update(leaves(child, here))
    return found


def value(document, path):
    """The value of a parameter in a device's document."""
    for component in path.split("."):
        document = document[component]
    return document["_value"]
