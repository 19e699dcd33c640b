"""Every cpestorm command in the documents is one the program understands."""
import pathlib
import re
import shlex
import unittest

from support import Case, ROOT, cpestorm

COMMAND = re.compile(r"^(?:    |)(?:build/release/bin/)?cpestorm ((?:run|check|acs|profile) [^`]*?)(?:\s{3,}.*)?$")


def commands():
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for line in path.read_text().splitlines():
            match = COMMAND.match(line)
            if match and "..." not in line and "|" not in match[1]:
                yield path.name, match[1]


class Documents(Case):
    def test_every_run_is_a_plan(self):
        seen = 0
        for document, text in commands():
            words = shlex.split(text)
            if words[0] != "run" or "SCENARIO.json" in words:
                continue
            seen += 1
            # What only `run` takes has no part in the plan.
            plan = re.sub(r"--(out|admin|acs-script) \S+|--quiet", "", text[4:])
            with self.subTest(document=document, command=text):
                result = cpestorm("check", *shlex.split(plan))
                self.assertEqual(result.returncode, 0, result.stderr)
        self.assertGreaterEqual(seen, 3)

    def test_every_other_command_is_known(self):
        seen = 0
        for document, text in commands():
            words = shlex.split(text)
            options = [w for w in words if w.startswith("-")]
            name = words[:2] if words[0] == "profile" else words[:1]
            usage = cpestorm(*name[0:1], *[w.split("|")[0] for w in name[1:]], "--help")
            seen += 1
            with self.subTest(document=document, command=text):
                self.assertEqual(usage.returncode, 0, usage.stderr)
                for option in options:
                    self.assertIn(option, usage.stdout)
        self.assertGreaterEqual(seen, 5)


if __name__ == "__main__":
    unittest.main()
