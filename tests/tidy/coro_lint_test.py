"""scripts/coro_lint.py flags each form that g++ 12 miscompiles, and none of the harmless ones."""

import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import coro_lint

BAD = {
    "capture": [
        "co_await asio::co_spawn(ex, [v]() -> awaitable<void> { co_return; }, token);",
        "auto n = co_await [t]() -> awaitable<int> { co_return t.n; }();",
        "co_spawn(co_await asio::this_coro::executor, [v]() -> awaitable<void> { co_return; }, d);",
        "g(f(co_await a()), [&]() { return 1; });",
        "co_await f(std::function<int()>([v = 1] { return v; }));",
        "if (co_await f([v](auto h) { h(v); })) return;",
    ],
    "braces": [
        "auto n = co_await g(options{name, 3});",
        "auto n = co_await g({.url = url, .tries = 3});",
        "co_await g(std::vector<std::string>{a, b});",
        "co_await g({\n    a,\n    b,\n});",
        "co_await f([] { return 1; });",
        "use(pair{co_await a(), 1});",
        "auto r = reply{1}.merged(co_await a());",
        "while (co_await f(key{1})) g();",
    ],
    "`?`": [
        "auto x = c ? co_await a() : co_await b();",
        "auto x = c ? co_await a() : fallback;",
        "co_await f(c ? 1 : 2);",
        "co_return co_await f(c ? x : y);",
    ],
}

GOOD = [
    "auto reply = co_await http.post(body, timeout);",
    "auto [ec, n] = co_await stream.async_read_some(buffer);",
    "auto& [ec, n] = co_await stream.async_read_some(buffer);",
    "buffers[i] = co_await read(sizes[i + 1], std::string(\"a{b}?\"));",
    "if (auto r = co_await a()) {\n    f(options{1}, [r] { return r ? 1 : 2; });\n}",
    "if (co_await a()) throw error{c ? 1 : 2};",
    "while (co_await a()) {\n    g({1});\n}",
    "for (auto& x : co_await list()) {\n    g({x});\n}",
    "switch (co_await a()) {\ncase 1: break;\n}",
    "auto work = [v]() -> awaitable<void> {\n    co_await a();\n};\nco_await work();",
    "asio::co_spawn(ex, [v]() -> awaitable<void> { co_await a(); }, asio::detached);",
    "options o{1, c ? 2 : 3};\nco_await g(std::move(o));\nuse({4});",
    "if (c) {\n    f({1});\n}\nco_await g();",
    "co_await g(); // never {braces} or a [capture]? no",
    "// co_await g({1});\n/* co_await g(c ? 1 : 2); */",
    "auto s = \"co_await g({1});\";\nauto r = R\"(co_await g({1}) \" )\";",
    "const auto big = 1'000'000;\nco_await g(big, '{', '\\'', '?');",
]


def in_function(statement):
    return "awaitable<void> f()\n{\n" + statement + "\nco_return;\n}\n"


class CoroLint(unittest.TestCase):

    def test_flags_every_bad_form(self):
        for kind, samples in BAD.items():
            for sample in samples:
                with self.subTest(sample):
                    found = list(coro_lint.lint(in_function(sample)))
                    self.assertTrue(found)
                    self.assertIn(kind, found[0][1])

    def test_accepts_every_good_form(self):
        for sample in GOOD:
            with self.subTest(sample):
                self.assertEqual([], list(coro_lint.lint(in_function(sample))))

    def test_names_the_line(self):
        found = list(coro_lint.lint(in_function("a();\nco_await g({1});")))
        self.assertEqual([4], [line for line, _ in found])

    def test_survives_unbalanced_text(self):
        for text in ("co_await", "co_await f(", "}) co_await x;", "co_await a[", ""):
            list(coro_lint.lint(text))


if __name__ == "__main__":
    unittest.main()
