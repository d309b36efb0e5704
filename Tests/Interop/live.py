"""A `backspin meter` as another program's tests would drive it."""

import json
import os
import queue
import re
import subprocess
import threading

#: Seconds to wait for one line or one end. Nothing waits so long unless something is wrong.
PATIENCE = 20

READY = re.compile(
    r"^ready (?:(?P<profile>\S+)(?: unit (?P<unit>\d+)| over (?P<protocol>\S+))?|bus units (?P<units>[\d,]+))"
    r" on (?:(?P<kind>pty|serial|rfc2217) (?P<path>.+) (?P<baud>\d+) (?P<format>[78][NEO][12])"
    r"|tcp (?P<host>\S+):(?P<port>\d+)(?P<framing> rtu)?|standard input)$"
)


class Lines:
    """The lines of a pipe, each waited for with a deadline."""

    def __init__(self, pipe):
        self.queue = queue.Queue()
        self.seen = []
        threading.Thread(target=self._read, args=(pipe,), daemon=True).start()

    def _read(self, pipe):
        try:
            for line in pipe:
                self.queue.put(line.rstrip("\n"))
        except OSError:
            pass  # A terminal ends with an error, not with an end.
        self.queue.put(None)

    def next(self, what, timeout=PATIENCE):
        try:
            line = self.queue.get(timeout=timeout)
        except queue.Empty:
            raise AssertionError(f"{what} did not come within {timeout} s; before it: {self.seen}") from None
        if line is None:
            self.queue.put(None)
            raise EOFError(f"the end came instead of {what}; before it: {self.seen}")
        self.seen.append(line)
        return line

    def rest(self):
        """All that comes until the end."""
        lines = []
        while True:
            try:
                lines.append(self.next("a line"))
            except EOFError:
                return lines


class Meter:
    """One running `backspin meter`."""

    def __init__(self, program, arguments, prefix=(), environment=None, stdin=subprocess.PIPE, stdout=subprocess.PIPE):
        self.arguments = [str(one) for one in arguments]
        self.process = subprocess.Popen(
            [*prefix, program, "meter", *self.arguments],
            stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, text=True, bufsize=1,
            env={**os.environ, **(environment or {})},
        )
        self.out = Lines(self.process.stdout) if stdout == subprocess.PIPE else None
        self.errors = Lines(self.process.stderr)
        self.ready = None

    def wait_until_ready(self):
        if self.out is None:
            return
        try:
            line = self.out.next("the ready line")
        except EOFError:
            raise AssertionError(f"no meter: {self.errors.rest()}") from None
        self.ready = READY.match(line)
        assert self.ready, f"not the documented ready line: {line!r}"

    @property
    def path(self):
        return self.ready["path"]

    @property
    def port(self):
        return int(self.ready["port"])

    @property
    def is_tcp(self):
        return self.ready["port"] is not None

    def say(self, **command):
        """Says a command and returns the reply, which must be a good one."""
        reply = self.say_line(json.dumps(command))
        assert reply["ok"] is True, reply
        return reply

    def say_line(self, line):
        """Says any line and returns the reply, good or bad."""
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return json.loads(self.out.next(f"a reply to {line[:80]}"))

    def end(self, signal=None):
        """Ends it by a signal, or by the end of its input; returns the exit code."""
        if signal is not None:
            self.process.send_signal(signal)
        elif self.process.stdin:
            self.process.stdin.close()
        return self.process.wait(PATIENCE)

    def clear_away(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(5)


class Ending:
    """How a run ended."""

    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr
        self.error_lines = done.stderr.splitlines()

    def __repr__(self):
        return f"exit {self.code}\n--- output\n{self.out}--- errors\n{self.err}"


def run(program, arguments, prefix=(), environment=None, stdin=""):
    """Runs a command to its end."""
    done = subprocess.run(
        [*prefix, program, *[str(one) for one in arguments]],
        input=stdin, capture_output=True, text=True, timeout=PATIENCE * 2,
        env={**os.environ, **(environment or {})},
    )
    return Ending(done)
