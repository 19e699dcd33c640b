"""scripts/count_tests.py counts cases, and never loses a failure or a skip."""

import pathlib
import sys
import unittest
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import count_tests

GTEST = """[ RUN      ] json.reads
[       OK ] json.reads (0 ms)
[ RUN      ] json.schema
json_test.cpp:9: Skipped
[  SKIPPED ] json.schema (0 ms)
[ RUN      ] json/each.bound/1
noise without a newline[  FAILED  ] json/each.bound/1, where GetParam() = 4 (2 ms)
[==========] 3 tests from 2 test suites ran. (3 ms total)
[  PASSED  ] 1 test.
[  SKIPPED ] 1 test, listed below:
[  SKIPPED ] json.schema
[  FAILED  ] 1 test, listed below:
[  FAILED  ] json/each.bound/1, where GetParam() = 4
"""


class Count(unittest.TestCase):

    def assert_count(self, expected, status, output):
        test = xml.etree.ElementTree.Element("testcase", status=status)
        xml.etree.ElementTree.SubElement(test, "system-out").text = output
        self.assertEqual(expected, count_tests.count(test))

    def test_counts_the_cases_of_googletest(self):
        self.assert_count((1, 1, 1), "fail", GTEST)

    def test_counts_the_cases_of_unittest(self):
        self.assert_count((3, 0, 0), "run", "...\nRan 3 tests in 0.1s\n\nOK\n")
        self.assert_count((4, 3, 2), "fail", "Ran 9 tests in 0.1s\n\n"
                          "FAILED (failures=1, errors=2, skipped=2)\n")

    def test_another_executable_is_one_case(self):
        self.assert_count((1, 0, 0), "run", "fine\n")
        self.assert_count((0, 1, 0), "fail", "not fine\n")

    def test_a_skipped_or_disabled_test_is_a_skip(self):
        self.assert_count((0, 0, 1), "notrun", "skipped: no tool\n")
        self.assert_count((0, 0, 1), "disabled", "")

    def test_a_failure_after_the_last_case_counts(self):
        self.assert_count((1, 1, 0), "fail", "[       OK ] a.b (0 ms)\nERROR: LeakSanitizer\n")


if __name__ == "__main__":
    unittest.main()
