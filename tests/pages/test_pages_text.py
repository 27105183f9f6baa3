"""Text reaches a page through `text()` only: words stay, everything else becomes a reference."""

from __future__ import annotations

from html import unescape

import pytest
from markupsafe import Markup

from perftrack_site.pages.text import Trusted, normalise, permalink, text, title


def test_words_stay_and_everything_else_becomes_a_numeric_reference() -> None:
    assert text("Tea, 3 cups") == "Tea, 3 cups"
    assert text("São João") == "São João"
    assert text("<b>") == "&#60;b&#62;"
    assert text("a_b*c|d`e`{{f}}") == "a&#95;b&#42;c&#124;d&#96;e&#96;&#123;&#123;f&#125;&#125;"


def test_a_reader_sees_what_was_written() -> None:
    written = "50 % off! <script>alert('x')</script> & \"more\" 🫖 &amp;"
    assert unescape(text(written)) == written


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("two\nlines\r\nand\ttabs", "two lines and tabs"),
        ("  around  ", "around"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b", "a\ufffdb"),
        ("a\x00\x1b\x02b", "a\ufffdb"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("no\uffffcharacter", "no\ufffdcharacter"),
        ("👩\N{ZERO WIDTH JOINER}🍳", "👩\N{ZERO WIDTH JOINER}🍳"),
        ("line\N{LINE SEPARATOR}separator", "line separator"),
        ("hidden\N{ZERO WIDTH SPACE}space", "hidden\ufffdspace"),
    ],
)
def test_what_is_invisible_is_made_visible(written: str, shown: str) -> None:
    assert normalise(written) == shown


def test_text_joined_to_trusted_html_is_made_safe_as_well() -> None:
    assert Trusted("<p>") + "<b>" == "<p>&#60;b&#62;"
    assert Trusted("<p>{}</p>").format("a|b") == "<p>a&#124;b</p>"
    assert Trusted(" ").join(["<", Markup("<br>")]) == "&#60; <br>"


@pytest.mark.parametrize("value", [None, True, 1.5, b"bytes", ["list"]])
def test_only_words_and_whole_numbers_are_printed(value: object) -> None:
    with pytest.raises(TypeError, match="a page shows words and whole numbers"):
        text(value)


def test_a_title_survives_a_theme_that_undoes_references() -> None:
    # The theme prints `page.title | striptags`, which takes references apart, into <title> without escaping.
    written = title('</title><script>alert("x")</script> & Söhne')
    undone = Markup(written).striptags()  # noqa: S704 (what the theme does)
    assert undone == '"\u2039/title\u203a\u2039script\u203aalert("x")\u2039/script\u203a & Söhne"'


def test_a_title_is_a_yaml_string_whatever_it_holds() -> None:
    assert title('a"b\\c: #d') == '"a&#34;b&#92;c&#58; &#35;d"'


def test_a_permalink_is_followed_only_to_https() -> None:
    assert permalink("https://www.instagram.com/p/C1/", "Open") == (
        '<a href="https&#58;&#47;&#47;www.instagram.com&#47;p&#47;C1&#47;" '
        'rel="noopener noreferrer nofollow">Open</a>'
    )


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "http://a.example/", "HTTPS://a.example/", "https://u:p@a.example/", "https://",
     "https://a.example/ b", "https://a.example/\n", "//a.example/", "data:text/html,x", "https://-/"],
)  # fmt: skip
def test_any_other_address_is_only_text(address: str) -> None:
    assert "<a" not in permalink(address, "Open")
