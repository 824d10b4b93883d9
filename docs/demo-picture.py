#!/usr/bin/env python3
"""Draws a terminal's content as an SVG with selectable text: the picture of the demo in the README.

    tmux new-session -d -s demo -x 150 -y 44 './vorrang demo'
    sleep 40 && tmux capture-pane -e -p -t demo | docs/demo-picture.py > docs/demo.svg

Standard library only. Knows what the demo's table uses: bold, underline, and the 16 colours.
"""
import re
import sys
import unicodedata
from xml.sax.saxutils import escape

COLOURS = ["#1d2430", "#e0525f", "#8cc265", "#e5b454", "#5aa7e8", "#b67fd6", "#4fb7c2", "#c9d1d9"]
BRIGHT = ["#7d8796", "#ff7b86", "#a5e07c", "#ffd479", "#7cc0ff", "#d2a3f0", "#75d6e0", "#ffffff"]
INK, PAPER = "#c9d1d9", "#0f141b"
CELL, LINE, MARGIN = 7.23, 17, 16


def style(codes, old):
    new = dict(old)
    numbers = [int(code or 0) for code in codes.split(";")]
    while numbers:
        code = numbers.pop(0)
        if code == 0:
            new = {}
        elif code == 1:
            new["bold"] = True
        elif code == 4:
            new["underline"] = True
        elif code in (38, 48) and numbers[:1] == [5]:
            number = numbers[1]
            numbers = numbers[2:]
            new["ink" if code == 38 else "paper"] = (COLOURS + BRIGHT)[number] if number < 16 else INK
        elif 30 <= code <= 37:
            new["ink"] = COLOURS[code - 30]
        elif 40 <= code <= 47:
            new["paper"] = COLOURS[code - 40]
        elif 90 <= code <= 97:
            new["ink"] = BRIGHT[code - 90]
        elif 100 <= code <= 107:
            new["paper"] = BRIGHT[code - 100]
        elif code == 39:
            new.pop("ink", None)
        elif code == 49:
            new.pop("paper", None)
    return new


def width(text):
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def main():
    lines = sys.stdin.read().rstrip("\n").split("\n")
    body, columns, now = [], 0, {}
    for row, line in enumerate(lines):
        column, y = 0, MARGIN + row * LINE
        for codes, text in re.findall(r"\x1b\[([0-9;]*)m|([^\x1b]+)", line):
            if not text:
                now = style(codes, now)
                continue
            x, wide = MARGIN + column * CELL, width(text) * CELL
            if "paper" in now:
                body.append(f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{LINE}" fill="{now["paper"]}"/>')
            if text.strip():
                body.append(
                    f'<text x="{x:.1f}" y="{y + 12.5}" textLength="{wide:.1f}" fill="{now.get("ink", INK)}"'
                    + (' font-weight="bold"' if "bold" in now else "")
                    + (' text-decoration="underline"' if "underline" in now else "")
                    # Browsers fold plain spaces, whatever the document says.
                    + f">{escape(text).replace(chr(32), chr(160))}</text>"
                )
            column += width(text)
        columns = max(columns, column)
    wide, high = 2 * MARGIN + columns * CELL, 2 * MARGIN + len(lines) * LINE
    print(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high}" width="{wide:.0f}" height="{high}"'
        ' font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,\'DejaVu Sans Mono\',monospace" font-size="12"'
        ' xml:space="preserve" role="img">'
    )
    print("<title>The demo's tables: actions, articles of a warehouse, machines of a plant and mails of a service desk, most pressing first</title>")
    print(f'<rect width="100%" height="100%" rx="8" fill="{PAPER}"/>')
    print("\n".join(body))
    print("</svg>")


main()
