"""A `backspin record --listen` or `backspin replay` that runs, as another program's tests would drive it."""

import subprocess

from live import PATIENCE, Lines


def at(meter):
    """The options that reach a meter."""
    return ["--tcp", f"127.0.0.1:{meter.port}"] if meter.is_tcp else ["--serial", meter.path]


class Served:
    def __init__(self, program, arguments):
        self.process = subprocess.Popen(
            [program, *[str(one) for one in arguments]], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, bufsize=1,
        )
        self.out, self.errors = Lines(self.process.stdout), Lines(self.process.stderr)
        try:
            self.ready = self.out.next("the ready line")
        except EOFError:
            raise AssertionError(f"nothing is served: {self.errors.rest()}") from None
        assert self.ready.startswith("ready "), self.ready
        self.place = self.ready.split()[-1] if " tcp " in self.ready else self.ready.split()[-3]

    def end(self, number=None):
        if number is None:
            self.process.stdin.close()
        else:
            self.process.send_signal(number)
        return self.process.wait(PATIENCE)
