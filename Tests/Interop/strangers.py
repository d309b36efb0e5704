"""Meters by other hands as programs of their own, which end with the test."""

import pathlib
import subprocess
import sys
from contextlib import contextmanager

HERE = pathlib.Path(__file__).parent


@contextmanager
def stranger(script, *words):
    """Runs a script of this folder until the end; gives its place: a path or a TCP port."""
    program = subprocess.Popen(
        [sys.executable, HERE / script, *map(str, words)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        kind, address = program.stdout.readline().split()
        yield int(address) if kind == "tcp" else address
    finally:
        program.terminate()
        program.stdin.close()
        program.stdout.close()
        program.wait(10)
