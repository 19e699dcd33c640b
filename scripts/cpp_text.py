"""What the lints share: finding the C++ files and telling code from comments and literals."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent

_COMMENT_OR_LITERAL = re.compile(
    r"//[^\n]*"
    r"|/\*.*?\*/"
    r'|\b(?:u8|[uUL])?R"(?P<tag>[^()\\ \n]*)\(.*?\)(?P=tag)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?:\bu8|(?<![0-9a-fA-F]))'(?:\\.|[^'\\\n])+'",  # not the ' of 1'000'000
    re.DOTALL)


def code_only(text):
    """`text` with every comment, string and character literal blanked; lines and columns stay."""
    return _COMMENT_OR_LITERAL.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)


def cpp_files(root, *folders):
    """The .cpp and .hpp files below the given folders of `root`, sorted."""
    return sorted(f for folder in folders for f in (root / folder).rglob("*.[ch]pp"))
