"""The limited child that reads what strangers wrote: little memory, little time, no secrets, no files.

It answers framed requests on standard input until that ends. `parse` starts it, kills it and
replaces it; nothing in here is trusted to end well.
"""

from __future__ import annotations

import json
import resource
import struct
import sys
from contextlib import suppress
from typing import IO, Any

from bot.feeds.entries import Reading, read
from bot.feeds.prepare import Unfit

HEADER = struct.Struct(">III")  # lengths of the JSON, the body and the marks


def serve(requests: IO[bytes], replies: IO[bytes], seconds: int) -> None:
    """Answer until the parent hangs up; each job may use so many seconds of processor time."""
    while header := requests.read(HEADER.size):
        lengths = HEADER.unpack(header)
        job, body, known = (requests.read(length) for length in lengths)
        _allow(seconds)
        answer, marks = _answer(json.loads(job), body, known)
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
        replies.write(HEADER.pack(len(text), 0, len(marks)) + text + marks)
        replies.flush()


def _answer(job: dict[str, Any], body: bytes, known: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        if job.get("kind") == "article":
            return _article(job, body), b""
        reading = read(body, job, known)  # type: ignore[arg-type]  # made by parse from a Job
    except MemoryError:
        return {"unfit": "it needs more memory than a feed may"}, b""
    except Exception as error:  # whatever a hostile feed provokes in a parser is a fault of the feed
        return {"unfit": f"the parser failed on it: {type(error).__name__}: {error}"[:300]}, b""
    if isinstance(reading, Unfit):
        return {"unfit": reading.reason[:300]}, b""
    fields = (name for name in Reading.__slots__ if name != "marks")
    return {name: getattr(reading, name) for name in fields}, reading.marks  # not asdict: it copies every row


def _article(job: dict[str, Any], body: bytes) -> dict[str, Any]:
    from bot.feeds.article import extract  # half a second that most children never need

    return {"text": extract(body, job["url"], job["content_type"])}


def _allow(seconds: int) -> None:
    """Processor time for one more job, on top of what was used; more than that ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(
        resource.RLIMIT_CPU, (soft if most == resource.RLIM_INFINITY else min(soft, most), most)
    )


def limit(memory: int) -> None:
    """Give up what a parser has no need of."""
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        with suppress(ValueError, OSError):  # not every system knows every limit; the parent's clock remains
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    limit(int(sys.argv[1]))
    serve(sys.stdin.buffer, sys.stdout.buffer, int(sys.argv[2]))
