#!/usr/bin/env python3
"""Counts the test cases in JUnit files that ctest wrote; prints "PASSED FAILED SKIPPED".

Usage: scripts/count_tests.py FILE...
ctest knows executables only. Where the output of one is GoogleTest's or Python's unittest, its
cases are counted; ctest's verdict is added where it says more (a crash, a leak found at the end).
"""

import re
import sys
import xml.etree.ElementTree

GTEST_CASE = re.compile(r"\[ +(OK|FAILED|SKIPPED) +\] .*\(\d+ ms\)")
UNITTEST_TOTAL = re.compile(r"^Ran (\d+) tests? in ", re.MULTILINE)
UNITTEST_DETAIL = re.compile(r"\b(failures|errors|skipped)=(\d+)")


def cases(output):
    """(passed, failed, skipped) as the output of one executable tells it; zeros if it does not."""
    found = GTEST_CASE.findall(output)
    if found:
        return tuple(found.count(word) for word in ("OK", "FAILED", "SKIPPED"))
    if total := UNITTEST_TOTAL.search(output):
        detail = {word: int(n) for word, n in UNITTEST_DETAIL.findall(output[total.end():])}
        failed = detail.get("failures", 0) + detail.get("errors", 0)
        skipped = detail.get("skipped", 0)
        return int(total[1]) - failed - skipped, failed, skipped
    return 0, 0, 0


def count(test):
    """(passed, failed, skipped) of one <testcase> of ctest."""
    passed, failed, skipped = cases(test.findtext("system-out") or "")
    status = test.get("status")
    if status == "fail":
        return passed, max(failed, 1), skipped
    if status != "run":  # "notrun", "disabled"
        return 0, 0, 1
    return (passed, failed, skipped) if passed + failed + skipped else (1, 0, 0)


def main(files):
    tests = [t for f in files for t in xml.etree.ElementTree.parse(f).getroot().iter("testcase")]
    print(*(sum(column) for column in zip(*map(count, tests), (0, 0, 0))))


if __name__ == "__main__":
    if "--help" in sys.argv:
        sys.exit(print(__doc__))
    main(sys.argv[1:])
