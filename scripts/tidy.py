#!/usr/bin/env python3
"""Checks the rules of structure and size that no compiler checks (STYLE.md says why each is there).

Usage: scripts/tidy.py [ROOT]     without ROOT: this repository
Prints FILE:LINE: what, why. Exits 1 if it found something.
"""

import pathlib
import re
import sys

from cpp_text import ROOT, code_only, cpp_files

FILE_LINES, FUNCTION_LINES, COLUMNS = 400, 70, 100
IO_FOLDERS = {"http", "run", "cli"}  # every other folder of src/ is pure
CLOCK = "src/base/time.cpp"          # the one place that reads a clock
PRINTING = {"cli", "report"}         # results are printed there, or returned as text

# Third-party headers, and the folders whose own headers may include them.
HIDDEN_LIBRARIES = {
    r"boost/asio": IO_FOLDERS, r"boost/beast": {"http"}, r"openssl/": {"http"}, r"pugixml": set(),
    r"simdjson": set(), r"prometheus/": set(), r"CLI/": set(),
}


class Source:
    """One C++ file: where it is, its lines, and its lines without comments and literals."""

    def __init__(self, path, text):
        self.path = path                                   # relative to the root, with slashes
        self.top, self.folder = (path.split("/") + [""])[:2]   # "src", "soap"
        self.lines = text.splitlines()
        self.code = code_only(text).splitlines()

    def is_header(self):
        return self.path.endswith(".hpp")

    def is_pure(self):
        return self.top == "src" and self.folder not in IO_FOLDERS

    def includes(self):
        """Yields (line number, quote or angle bracket, name) for each #include."""
        for n, (line, code) in enumerate(zip(self.lines, self.code), 1):
            m = re.match(r'\s*#\s*include\s*(["<])([^">]+)', line)
            if m and code.lstrip().startswith("#"):
                yield n, m[1], m[2]

    def find(self, pattern):
        """The numbers of the lines whose code matches."""
        return (n for n, line in enumerate(self.code, 1) if re.search(pattern, line))


def layers(source, allowed):
    """src/LAYERS says which folders a folder may include."""
    if source.top != "src":
        return
    for n, quote, name in source.includes():
        folder = name.split("/")[0]
        if quote == '"' and "/" not in name:
            yield n, f'#include "{name}": say its folder, as in "{source.folder}/{name}"'
        elif quote == '"' and folder not in allowed[source.folder] | {source.folder}:
            yield n, f"{source.folder} may not include {folder}: src/LAYERS does not list it"


def no_io_in_pure_folders(source, _):
    for n, _, name in source.includes():
        if source.is_pure() and re.match(r"boost/(asio|beast)", name):
            yield n, f"<{name}> in {source.folder}: only {', '.join(sorted(IO_FOLDERS))} do I/O"


def libraries_stay_in_cpp_files(source, _):
    if source.top != "src" or not source.is_header():
        return
    for n, _, name in source.includes():
        for library, folders in HIDDEN_LIBRARIES.items():
            if re.match(library, name) and source.folder not in folders:
                yield n, f"<{name}> in a header: third-party types stop at a .cpp file"


def one_clock(source, _):
    if source.path != CLOCK:
        for n in source.find(r"_clock::now\(|\bclock_gettime\(|\bgettimeofday\(|\bstd::time\("):
            yield n, f"reads a clock: only {CLOCK} does; call base::now() or take the time as an argument"
    if source.is_pure() and source.folder != "base":
        for n in source.find(r"\bbase::(wall_)?now\("):
            yield n, f"{source.folder} is pure: take the time as an argument"


def no_sleeps(source, _):
    for n in source.find(r"\b(sleep_for|sleep_until|usleep|nanosleep|sleep)\s*\("):
        yield n, "sleeps: wait for a condition with a deadline"


def file_size(source, _):
    if len(source.lines) > FILE_LINES:
        yield FILE_LINES, f"{len(source.lines)} lines, at most {FILE_LINES}: split by subject"


def function_size(source, _):
    """clang-format puts the braces of a function, and of nothing else, on lines of their own."""
    opened = None
    for n, line in enumerate(source.code, 1):
        if opened is None and line.strip() == "{":
            opened, closing = n, line.rstrip().replace("{", "}")
        elif opened is not None and line.rstrip() == closing:
            if n - opened + 1 > FUNCTION_LINES:
                yield opened, f"function of {n - opened + 1} lines, at most {FUNCTION_LINES}"
            opened = None


def line_width(source, _):
    for n, line in enumerate(source.lines, 1):
        if len(line) > COLUMNS:
            yield n, f"{len(line)} columns, at most {COLUMNS}"


def nothing_left_to_do(source, _):
    for n, line in enumerate(source.lines, 1):
        if m := re.search(r"\b(FIXME|TODO|XXX)\b", line):
            yield n, f"{m[0]}: do it, or leave it out"


def printing(source, _):
    if source.top == "src" and source.folder not in PRINTING:
        for n in source.find(r"\bstd::cout\b|\bprintf\s*\("):
            yield n, "prints to stdout: that carries results, from report and cli only"


def pragma_once(source, _):
    if source.is_header() and source.lines[:1] != ["#pragma once"]:
        yield 1, "a header begins with #pragma once"


RULES = [layers, no_io_in_pure_folders, libraries_stay_in_cpp_files, one_clock, no_sleeps,
         file_size, function_size, line_width, nothing_left_to_do, printing, pragma_once]


def read_layers(root):
    """src/LAYERS as {folder: the folders it may include}."""
    lines = (root / "src/LAYERS").read_text().splitlines()
    pairs = (line.split(":") for line in lines if line and not line.startswith("#"))
    return {folder: set(allowed.split()) for folder, allowed in pairs}


def unlisted(root, path):
    """Whether no CMakeLists.txt in the file's folder or above it names the file.

    Outside src/ the name without .cpp will do: functions such as fuzz_target(name) append it.
    """
    for folder in path.parents:
        cmake = folder / "CMakeLists.txt"
        if cmake.exists():
            words = re.split(r'[\s()"]+', re.sub(r"#.*", "", cmake.read_text()))
            name = path.relative_to(folder)
            if str(name) in words or (root / "src" not in path.parents
                                      and str(name.with_suffix("")) in words):
                return False
        if folder == root:
            return True


def check(root):
    """Every problem below `root`, as FILE:LINE: what."""
    allowed = read_layers(root)
    for path in cpp_files(root, "src", "tests", "bench"):
        source = Source(path.relative_to(root).as_posix(), path.read_text())
        if source.top == "src" and source.folder not in allowed:
            yield f"{source.path}:1: the folder {source.folder} has no line in src/LAYERS"
            continue
        for rule in RULES:
            yield from (f"{source.path}:{n}: {what}" for n, what in rule(source, allowed))
        if (source.top == "src" or not source.is_header()) and unlisted(root, path):
            yield f"{source.path}:1: no CMakeLists.txt lists it, so nothing builds it"


def main(arguments):
    problems = list(check(pathlib.Path(arguments[0]).resolve() if arguments else ROOT))
    print("\n".join(problems) or "the rules of structure and size hold")
    return 1 if problems else 0


if __name__ == "__main__":
    if "--help" in sys.argv:
        sys.exit(print(__doc__))
    sys.exit(main(sys.argv[1:]))
