"""Runs the script of an aws:executeScript step, in a process of its own.

Reads one line of JSON from standard input: handler, events, context, memoryLimitMb, and attachment (a file's name)
where there is one. The script, where there is one, is customer_script.py in the working directory. Writes one line of
JSON to descriptor 3: {"payload": ...}, or {"error": ..., "module": ...}. What the script prints goes to standard
output and error. Ends itself, and whatever the script has started, when standard input is closed: whoever started
it is gone.
"""

import importlib
import json
import os
import signal
import sys
import threading
import traceback
import zipfile
import zlib
from datetime import date, datetime, timezone

MAX_PAYLOAD_BYTES = 100 * 1024
MAX_ATTACHMENT_BYTES = 100 * 1024 * 1024
TRACE_FRAMES = 10


class Refused(Exception):
    """A fault of the step rather than of its script."""


def main():
    control = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.set_inheritable(3, False)
    stream = os.fdopen(control, encoding="utf-8")
    request = json.loads(stream.readline())
    threading.Thread(target=end_with, args=(stream,), daemon=True).start()
    sys.path[0] = os.getcwd()
    limit(request["memoryLimitMb"])
    try:
        handler = find_handler(request)
        answer = payload_of(handler(request["events"], request["context"]))
    except Refused as refusal:
        answer = json.dumps({"error": str(refusal)})
    except BaseException as error:
        answer = json.dumps(describe(error))
    finish(answer)


def end_with(stream):
    stream.read()
    os.killpg(0, signal.SIGKILL)


def limit(memory_mb):
    try:
        import resource
    except ImportError:
        # Windows has none.
        return
    memory = memory_mb * 1024 * 1024
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, memory),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            # macOS knows no limit of the address space.
            pass


def find_handler(request):
    module, _, function = request["handler"].rpartition(".")
    if request.get("attachment"):
        unpack(request["attachment"])
    if os.path.exists("customer_script.py"):
        module = "customer_script"
    elif module == "":
        raise Refused("Handler has to be file.function where the script is an attachment")
    found = getattr(importlib.import_module(module), function, None)
    if not callable(found):
        raise Refused(f"The script has no function {function}, which Handler names")
    return found


def unpack(name):
    if not name.lower().endswith(".zip") and not zipfile.is_zipfile(name):
        return
    try:
        with zipfile.ZipFile(name) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_ATTACHMENT_BYTES:
                raise Refused(f"The attachment {name} holds more than 100 MB")
            # Names that would lead elsewhere lose what leads there.
            archive.extractall()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
        raise Refused(f"The attachment {name} is not a zip file that can be read: {error}") from error


def payload_of(value):
    try:
        answer = json.dumps({"payload": value}, allow_nan=False, default=time_text)
        compact = json.dumps(value, separators=(",", ":"), ensure_ascii=False, default=time_text)
    except (TypeError, ValueError, RecursionError) as error:
        raise Refused(f"The script returned what can't be written as JSON: {error}") from error
    if len(compact.encode("utf-8", "surrogatepass")) > MAX_PAYLOAD_BYTES:
        raise Refused("The script returned more than 100 KB, the most that an executeScript step may")
    return answer


def time_text(value):
    """Responses of boto3 have times in them, which published runbooks return as they are."""
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=timezone.utc)
        return aware.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def describe(error):
    trace = "".join(traceback.format_list(telling_frames(error)))
    if isinstance(error, SyntaxError):
        trace += "".join(traceback.format_exception_only(type(error), error)[:-1])
    name = type(error).__name__
    text = f"{name} - {shorten(error)}"
    module = error.name if isinstance(error, ModuleNotFoundError) else None
    return {
        "error": f"Traceback (most recent call last):\n{trace}\n{text}" if trace else text,
        "kind": name,
        "module": module,
    }


def telling_frames(error):
    """The script's own, and of the libraries that it called the last."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename != __file__ and not frame.filename.startswith("<frozen importlib")
    ]
    home = os.path.join(sys.path[0], "")
    own = [frame for frame in frames if frame.filename.startswith(home)]
    if not own:
        return frames[-TRACE_FRAMES:]
    inner = frames[frames.index(own[-1]) + 1 :]
    return own[-TRACE_FRAMES:] + inner[-1:]


def shorten(error):
    try:
        return str(error)[:2000]
    except Exception as fault:
        return f"its text could not be had: {type(fault).__name__}"


def finish(answer):
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            # The script may have closed it.
            pass
    data = (answer + "\n").encode("utf-8", "surrogatepass")
    while data:
        data = data[os.write(3, data) :]
    # Threads that the script has left behind don't keep the step waiting.
    os._exit(0)


main()
