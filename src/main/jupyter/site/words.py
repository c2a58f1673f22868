"""What the search knows: the words of each section of each lesson. A script, since a page from disk may read no other file."""
import json
import re

from prose import plain

HEADING = re.compile(r'<h([123]) id="([^"]*)">(.*?)</h\1>', re.DOTALL)
FIGURE = re.compile(r'<figure class="plot".*?</figure>', re.DOTALL)
BLOCK = re.compile(r"</(p|li|td|th|tr|h\d|pre|div|details|summary)>|<br>")


def sections(lesson, body):
    """[page, lesson, anchor, heading, words] of each piece that begins with a heading; the first one's heading is the lesson's own."""
    parts = HEADING.split(FIGURE.sub(" ", body))
    found = []
    for level, anchor, heading, text in zip(parts[1::4], parts[2::4], parts[3::4], parts[4::4]):
        found.append([lesson.page, f"{lesson.number} {lesson.title}", anchor, "" if level == "1" else plain(heading), plain(BLOCK.sub(r" \g<0>", text))])
    return found


def script(all_sections):
    return f"wordsArrived({json.dumps(all_sections, ensure_ascii=False, separators=(',', ':'))});\n"
