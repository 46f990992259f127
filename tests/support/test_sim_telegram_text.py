"""Telegram's ways of writing formatted text, with the documentation's own examples."""

import pytest

from .simulators.telegram_text import CannotParse, parse

MARKDOWN_V2 = """*bold \\*text*
_italic \\*text_
__underline__
~strikethrough~
||spoiler||
*bold _italic bold ~italic bold strikethrough ||italic bold strikethrough spoiler||~ __underline italic bold___ bold*
[inline URL](http://www.example.com/)
[inline mention of a user](tg://user?id=123456789)
![👍](tg://emoji?id=5368324170671202286)
`inline fixed-width code`
```
pre-formatted fixed-width code block
```
```python
pre-formatted fixed-width code block written in the Python programming language
```
>Block quotation started
>Block quotation continued
>The last line of the block quotation
**>The expandable block quotation started right after the previous block quotation
>The last line of the expandable block quotation with the expandability mark||"""  # noqa: E501
HTML = """<b>bold</b>, <strong>bold</strong>
<i>italic</i>, <em>italic</em>
<u>underline</u>, <ins>underline</ins>
<s>strikethrough</s>, <strike>strikethrough</strike>, <del>strikethrough</del>
<span class="tg-spoiler">spoiler</span>, <tg-spoiler>spoiler</tg-spoiler>
<b>bold <i>italic bold <s>italic bold strikethrough <span class="tg-spoiler">italic bold strikethrough spoiler</span></s> <u>underline italic bold</u></i> bold</b>
<a href="http://www.example.com/">inline URL</a>
<a href="tg://user?id=123456789">inline mention of a user</a>
<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>
<code>inline fixed-width code</code>
<pre>pre-formatted fixed-width code block</pre>
<pre><code class="language-python">pre-formatted fixed-width code block</code></pre>
<blockquote>Block quotation started\nThe last line of the block quotation</blockquote>
<blockquote expandable>Expandable block quotation started</blockquote>"""  # noqa: E501


def test_the_documentations_markdown_v2_is_understood():
    plain, entities = parse(MARKDOWN_V2, "MarkdownV2")

    lines = plain.split("\n")
    assert lines[:5] == ["bold *text", "italic *text", "underline", "strikethrough", "spoiler"]
    assert lines[5].endswith("strikethrough spoiler underline italic bold bold")
    assert lines[-1].endswith("with the expandability mark")
    kinds = [entity["type"] for entity in entities]
    assert kinds[:5] == ["bold", "italic", "underline", "strikethrough", "spoiler"]
    assert kinds[5:10] == ["spoiler", "strikethrough", "underline", "italic", "bold"]
    assert kinds[10:] == [
        "text_link", "text_link", "custom_emoji", "code", "pre", "pre", "blockquote",
        "expandable_blockquote",
    ]  # fmt: skip
    assert entities[10] == {
        "type": "text_link",
        "offset": plain.index("inline URL"),
        "length": 10,
        "url": "http://www.example.com/",
    }


def test_the_documentations_html_is_understood():
    plain, entities = parse(HTML, "HTML")

    assert plain.startswith("bold, bold\nitalic, italic\nunderline, underline\n")
    assert "<" not in plain
    kinds = [entity["type"] for entity in entities]
    assert kinds[:4] == ["bold", "bold", "italic", "italic"]
    assert kinds[-2:] == ["blockquote", "blockquote"]
    assert [entity["url"] for entity in entities if entity["type"] == "text_link"] == [
        "http://www.example.com/",
        "tg://user?id=123456789",
    ]


@pytest.mark.parametrize(
    ("source", "mode", "plain"),
    [
        ("Count 12\\.5 \\(Fès\\) \\- done\\!", "MarkdownV2", "Count 12.5 (Fès) - done!"),
        ("`a.b!c`", "MarkdownV2", "a.b!c"),
        ("[a\\.b](https://example.com/a\\)b)", "MarkdownV2", "a.b"),
        ("a\\\\b", "MarkdownV2", "a\\b"),
        (
            "Bolt &lt;M8&gt; &amp; nut &quot;x&quot; &#39;y&#x27;",
            "HTML",
            "Bolt <M8> & nut \"x\" 'y'",
        ),
        ("a & b > c", "HTML", "a & b > c"),
        ("*bold* _it_ `co` [x](http://a.bc) \\*", "Markdown", "bold it co x *"),
        ("1. a-b (c)!", "Markdown", "1. a-b (c)!"),
        ("*no* <b>mode</b>", "", "*no* <b>mode</b>"),
        ("x", "html", "x"),
    ],
)
def test_escapes_are_taken_out(source: str, mode: str, plain: str):
    assert parse(source, mode)[0] == plain


@pytest.mark.parametrize("sign", sorted("[]()~>#+-=|{}.!"))
def test_every_reserved_sign_must_be_escaped_in_markdown_v2(sign: str):
    with pytest.raises(CannotParse):
        parse(f"a{sign}b", "MarkdownV2")

    assert parse(f"a\\{sign}b", "MarkdownV2") == (f"a{sign}b", [])


@pytest.mark.parametrize(
    ("source", "mode", "text"),
    [
        (
            "12.5",
            "MarkdownV2",
            "Character '.' is reserved and must be escaped with the preceding '\\'",
        ),
        ("a_b", "MarkdownV2", "Can't find end of Italic entity at byte offset 1"),
        ("é *b", "MarkdownV2", "Can't find end of Bold entity at byte offset 3"),
        ("`a", "MarkdownV2", "Can't find end of Code entity at byte offset 0"),
        ("```a\nb", "MarkdownV2", "Can't find end of Pre entity at byte offset 0"),
        ("*a _b* c_", "MarkdownV2", "Can't find end of Italic entity at byte offset 8"),
        ("[a](http://b", "MarkdownV2", "Can't find end of a URL at byte offset 4"),
        ("![a](http://b)", "MarkdownV2", "Invalid tg://emoji or tg://time URL specified"),
        (">*a\nb*", "MarkdownV2", "Can't find end of Bold entity at byte offset 1"),
        (
            "a|b",
            "MarkdownV2",
            "Character '|' is reserved and must be escaped with the preceding '\\'",
        ),
        ("<b>x", "HTML", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", "HTML", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "HTML", "Unexpected end tag at byte offset 1"),
        ("a < b", "HTML", 'Unsupported start tag "" at byte offset 2'),
        ("é <3", "HTML", "Unclosed start tag at byte offset 3"),
        ("<p>x</p>", "HTML", 'Unsupported start tag "p" at byte offset 0'),
        ("a<br/>b", "HTML", 'Unsupported start tag "br/" at byte offset 1'),
        ("<span>x</span>", "HTML", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b>x</b", "HTML", "Unclosed end tag at byte offset 4"),
        ("a_b", "Markdown", "Can't find end of the entity starting at byte offset 1"),
        ("[a", "Markdown", "Can't find end of the entity starting at byte offset 0"),
    ],
)
def test_what_breaks_the_rules_is_refused_in_the_services_words(source: str, mode: str, text: str):
    with pytest.raises(CannotParse) as caught:
        parse(source, mode)

    assert str(caught.value) == text


def test_there_are_three_ways_only():
    with pytest.raises(KeyError):
        parse("x", "Textile")


def test_places_are_counted_in_utf_16_units():
    plain, entities = parse("👍 <b>ok</b>", "HTML")

    assert (plain, entities) == ("👍 ok", [{"type": "bold", "offset": 3, "length": 2}])
