#!/usr/bin/env python3
"""Rejects co_await statements of the forms that g++ 12 miscompiles.

The rule: a co_await statement contains no braces, no captures and no `?`; STYLE.md says what each
of them breaks. A statement ends at its `;`; the head of an if, while, for or switch is a statement
too; the body of a lambda has statements of its own.

Usage: scripts/coro_lint.py [FILE...]     without files: all of src/ and tests/
Prints FILE:LINE: what, why. Exits 1 if it found something.
"""

import pathlib
import re
import sys

from cpp_text import ROOT, code_only, cpp_files

WHY = {
    "{": "braces in a co_await statement: name the object or the lambda before it (g++ 12)",
    "[": "a capture in a co_await statement: name the lambda before it (g++ 12)",
    "?": "`?` in a co_await statement: write if and else (g++ 12)",
}
HEAD = re.compile(r"\b(?:if|while|for|switch|if\s+constexpr)\s*$")
NOT_A_CAPTURE = re.compile(
    r"(?:[\w\])>]\s*|\bauto\s*&{0,2}\s*|\[)$")  # a subscript, a structured binding, an attribute
KEYWORD = re.compile(r"\b(?:co_await|co_return|return|case|throw)\s*$")


def brackets(code):
    """For each bracket of `code`, the position of its partner."""
    partner, open_ = {}, []
    for m in re.finditer(r"[()\[\]{}]", code):
        if m[0] in "([{":
            open_.append(m.start())
        elif open_:
            partner[m.start()] = open_[-1]
            partner[open_.pop()] = m.start()
    return partner


def forward(code, partner, at):
    """The next `;` or unmatched closing bracket after `at`, at the nesting level of `at`."""
    while at < len(code) and code[at] not in ";)]}":
        at = partner.get(at, at) + 1 if code[at] in "([{" else at + 1
    return at


def backward(code, partner, at):
    """Where the statement at `at` begins, or the position after the unmatched opening bracket."""
    while at > 0 and code[at - 1] not in ";([{":
        at -= 1
        if code[at] == "}" and re.match(r"\s*[\w(\[~]", code[at + 1:at + 200]):
            return at + 1  # the block before; after a braced value an operator follows
        if code[at] in ")]}":
            at = partner.get(at, at)
    return at


def statement(code, partner, at):
    """The (start, end) of the statement that holds the co_await at `at`."""
    start, end = backward(code, partner, at), forward(code, partner, at)
    while end < len(code) and code[end] != ";" and end in partner:
        opening = partner[end]
        if code[opening] == "(" and HEAD.search(code[max(0, opening - 40):opening]):
            return opening + 1, end
        start, end = backward(code, partner, opening), forward(code, partner, end + 1)
    return start, end


def problem(code, start, end):
    """The first character in the statement that the rule forbids, or None."""
    for i in range(start, end):
        before = code[max(0, i - 40):i]
        if code[i] in "{?":
            return code[i]
        if code[i] == "[" and code[i + 1:i + 2] not in "[]" and (
                KEYWORD.search(before) or not NOT_A_CAPTURE.search(before)):
            return "["
    return None


def lint(text):
    """Yields (line, why) for each co_await statement of `text` that breaks the rule."""
    code = code_only(text)
    partner = brackets(code)
    for m in re.finditer(r"\bco_await\b", code):
        found = problem(code, *statement(code, partner, m.start()))
        if found:
            yield code.count("\n", 0, m.start()) + 1, WHY[found]


def main(arguments):
    files = [pathlib.Path(a) for a in arguments] or cpp_files(ROOT, "src", "tests")
    problems = [f"{f}:{line}: {why}" for f in files for line, why in lint(f.read_text())]
    print("\n".join(problems) or f"{len(files)} files, no co_await statement that g++ 12 breaks")
    return 1 if problems else 0


if __name__ == "__main__":
    if "--help" in sys.argv:
        sys.exit(print(__doc__))
    sys.exit(main(sys.argv[1:]))
