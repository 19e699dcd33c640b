"""Each rule of scripts/tidy.py fires on its bad sample and stays silent on a good one."""

import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import tidy

LAYERS = "# comment\nbase:\nsoap: base\nreport: base\nhttp: base\nrun: http soap base\ncli: run base\n"
LONG_BODY = "void f()\n{\n" + "    g();\n" * 69 + "}\n"


class Rules(unittest.TestCase):

    def problems(self, path, text, cmake=None):
        """What tidy says about a project that has only this file, listed in CMakeLists.txt."""
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            file = root / path
            file.parent.mkdir(parents=True)
            file.write_text(text)
            (root / "src").mkdir(exist_ok=True)
            (root / "src/LAYERS").write_text(LAYERS)
            (file.parent / "CMakeLists.txt").write_text(file.name if cmake is None else cmake)
            return list(tidy.check(root))

    def assert_finds(self, path, text, *expected, cmake=None):
        found = self.problems(path, text, cmake)
        self.assertEqual(len(expected), len(found), found)
        for words, problem in zip(expected, found):
            self.assertIn(words, problem)

    def assert_good(self, path, text):
        self.assertEqual([], self.problems(path, text))

    def test_a_folder_includes_only_what_its_layer_allows(self):
        self.assert_good("src/soap/a.cpp", '#include "base/b.hpp"\n#include "soap/c.hpp"\n')
        self.assert_finds("src/base/a.cpp", 'int a;\n#include "soap/b.hpp"\n',
                          "src/base/a.cpp:2: base may not include soap")
        self.assert_finds("src/soap/a.cpp", '#include "b.hpp"\n', "say its folder")
        self.assert_finds("src/other/a.cpp", "", "no line in src/LAYERS")
        self.assert_good("src/base/a.cpp", '// #include "soap/b.hpp"\n')

    def test_a_pure_folder_does_no_io(self):
        self.assert_good("src/http/a.cpp", "#include <boost/beast/http.hpp>\n")
        self.assert_finds("src/soap/a.cpp", "#include <boost/asio/ip/tcp.hpp>\n", "do I/O")
        self.assert_finds("src/base/a.cpp", "#include <boost/beast/http.hpp>\n", "do I/O")

    def test_third_party_types_stay_in_cpp_files(self):
        header = "#pragma once\n#include <{}>\n".format
        self.assert_good("src/run/a.hpp", header("boost/asio/awaitable.hpp"))
        self.assert_good("src/http/a.hpp", header("openssl/ssl.h"))
        self.assert_good("src/soap/a.cpp", "#include <pugixml.hpp>\n")
        self.assert_finds("src/run/a.hpp", header("boost/beast/http.hpp"), "a.hpp:2: <boost/beast")
        for library in ("pugixml.hpp", "simdjson.h", "openssl/evp.h", "prometheus/registry.h",
                        "CLI/CLI.hpp"):
            self.assert_finds("src/report/a.hpp", header(library), "stop at a .cpp")

    def test_one_file_reads_the_clock(self):
        read = "auto t = std::chrono::steady_clock::now();\n"
        self.assert_good("src/base/time.cpp", read)
        self.assert_finds("src/run/a.cpp", read, "reads a clock")
        self.assert_finds("tests/unit/a.cpp", read, "reads a clock")
        self.assert_finds("src/base/a.cpp", "clock_gettime(id, &ts);\n", "reads a clock")

    def test_a_pure_folder_is_told_the_time(self):
        self.assert_good("src/run/a.cpp", "auto t = base::now();\n")
        self.assert_finds("src/soap/a.cpp", "auto t = base::now();\n", "soap is pure")

    def test_nothing_sleeps(self):
        for call in ("std::this_thread::sleep_for(1s);", "usleep(5);", "sleep(1);",
                     "std::this_thread::sleep_until(t);"):
            self.assert_finds("tests/unit/a.cpp", call + "\n", "sleeps")
        self.assert_good("src/base/a.cpp", "// sleep(1)\nauto s = \"sleep(1)\"; asleep(1);\n")

    def test_a_file_has_at_most_400_lines(self):
        self.assert_good("src/base/a.cpp", "\n" * 400)
        self.assert_finds("src/base/a.cpp", "\n" * 401, "401 lines, at most 400")
        self.assert_finds("bench/a.cpp", "\n" * 401, "401 lines, at most 400")

    def test_a_function_has_at_most_70_lines(self):
        self.assert_finds("src/base/a.cpp", LONG_BODY, "a.cpp:2: function of 71 lines")
        self.assert_good("src/base/a.cpp", LONG_BODY.replace("    g();\n", "", 1))
        member = "struct s {\n" + "".join(f"    {line}\n" for line in LONG_BODY.splitlines()) + "};\n"
        self.assert_finds("src/base/a.cpp", member, "a.cpp:3: function of 71 lines")
        self.assert_good("src/base/a.cpp", "namespace n {\n" + "int a;\n" * 90 + "}\n")

    def test_a_line_has_at_most_100_columns(self):
        self.assert_good("src/base/a.cpp", "x" * 100 + "\n")
        self.assert_good("src/base/a.cpp", "// " + "ä" * 97 + "\n")
        self.assert_finds("src/base/a.cpp", "x" * 101 + "\n", "101 columns")

    def test_nothing_is_left_to_do(self):
        for word in ("FIXME", "TODO", "XXX"):
            self.assert_finds("tests/unit/a.cpp", f"// {word}: later\n", word)

    def test_only_report_and_cli_print(self):
        self.assert_good("src/cli/a.cpp", "std::cout << 1;\n")
        self.assert_good("src/report/a.cpp", 'std::printf("");\n')
        self.assert_good("src/base/a.cpp", "std::snprintf(b, n, f);\n")
        self.assert_finds("src/run/a.cpp", "std::cout << 1;\n", "prints to stdout")
        self.assert_finds("src/base/a.cpp", 'std::printf("");\n', "prints to stdout")

    def test_a_header_begins_with_pragma_once(self):
        self.assert_finds("src/base/a.hpp", "// a\n#pragma once\n", "#pragma once")
        self.assert_good("src/base/a.hpp", "#pragma once\n")

    def test_cmake_lists_every_file(self):
        for path in ("src/base/a.cpp", "tests/unit/a.cpp", "bench/a.cpp"):
            for cmake in ("", "# a.cpp", "ba.cpp a.cpp.in"):
                self.assert_finds(path, "", "nothing builds it", cmake=cmake)
        self.assert_finds("src/base/a.hpp", "#pragma once\n", "nothing builds it", cmake="a.cpp")
        self.assert_finds("src/base/a.cpp", "", "nothing builds it", cmake="f(a)")
        self.assertEqual([], self.problems("tests/fuzz/a.cpp", "", cmake="fuzz_target(a soap)"))
        self.assertEqual([], self.problems("tests/support/a.hpp", "#pragma once\n", cmake=""))


if __name__ == "__main__":
    unittest.main()
