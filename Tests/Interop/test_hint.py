"""On a terminal a client's command stands beside the ready line. It is there to be pasted, so it must work."""

import os
import pty
import re
import shlex
import signal
import subprocess

import pytest

from live import Lines

PROFILES = ["eastron-sdm120", "eastron-sdm230", "eastron-sdm630-v2", "carlogavazzi-em24-rs485"]


@pytest.mark.needs("mbpoll")
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("where", ["pty", "pty with blanks", "tcp", "all addresses"])
def test_the_hint_reads_the_import_register(profile, where, start, tmp_path):
    places = {
        "pty": ["--serial", tmp_path / "meter0"], "pty with blanks": ["--serial", tmp_path / "it's a meter"],
        "tcp": ["--tcp", "127.0.0.1:0"], "all addresses": ["--tcp", "0.0.0.0:0"],
    }
    terminal, slave = pty.openpty()
    meter = start(profile, *places[where], "--unit", 5, "--set", "import=12.5kWh", "--clock", "manual", stdout=slave)
    os.close(slave)
    hint = meter.errors.next("the hint")
    assert hint.startswith("try: mbpoll "), hint
    done = subprocess.run(shlex.split(hint[5:]), capture_output=True, text=True, timeout=20, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stdout + done.stderr
    found = re.search(r"^\[\d+\]:\s+(\S+)", done.stdout, re.MULTILINE)
    assert found and float(found[1]) in (12.5, 125), done.stdout
    ready = Lines(os.fdopen(terminal)).next("the ready line")
    assert ready.startswith(f"ready {profile} unit 5 on "), ready
    assert meter.end(signal.SIGTERM) == 0


def test_no_hint_for_programs(start, link):
    meter = start("eastron-sdm230", "--serial", link)
    meter.end()
    assert meter.errors.rest() == []
