"""What the bench cannot do is said in one line with the right exit code, and nothing is left behind: ports that go, are
forbidden or held, disks that are full, numbers that cannot be, other clocks and tongues of the machine."""

import os
import pty
import resource
import signal
import subprocess
import threading
import time

import pytest

from live import PATIENCE
from ptypair import PtyPair
from served import at
from test_refusals import powerless  # noqa: F401

STILL = ["--power", "0W", "--set", "import=12345.678kWh,export=987.654kWh"]

#: Commands that stand at a serial device, which is put in for DEVICE, with files in FOLDER.
AT_A_DEVICE = {
    "read": "read --protocol iec62056-21 --serial DEVICE",
    "read dlms": "read --protocol dlms --serial DEVICE",
    "read irda": "read --protocol irda --serial DEVICE",
    "read pulse": "read --protocol pulse --constant 1000 --serial DEVICE",
    "meter": "meter landis-gyr-e350 --protocol iec62056-21 --serial DEVICE",
    "record": "record --protocol iec62056-21 --serial DEVICE --out FOLDER/new.trace",
    "witness": "record --serial DEVICE --listen FOLDER/link --out FOLDER/new.trace",
    "replay": "replay FOLDER/old.trace --serial DEVICE",
    "ports": "ports --check DEVICE",
    "test-meter": ["test-meter", "--reference-class", "1", "--time", "1s", "--reference", "count 1",
                   "--reference-constant", "1000", "--under-test", "--serial DEVICE --profile eastron-sdm120"],
}
TRACE = """backspin-trace 1
origin: 2026-05-01T00:00Z
line: 9600 8N1
protocol: modbus-rtu

0.000000 > 01 04 00 48 00 02 f1 dd
0.200000 < 01 04 04 44 9a 52 25 33 e0
"""


@pytest.fixture
def command(tmp_path):
    """The words of a command at a device."""
    (tmp_path / "old.trace").write_text(TRACE)

    def words(name, device):
        line = AT_A_DEVICE[name]
        parts = line.split() if isinstance(line, str) else line
        return [part.replace("DEVICE", str(device)).replace("FOLDER", str(tmp_path)) for part in parts]

    return words


def refused(ending, code, *words, exit=7):
    assert ending.code == exit, ending
    assert ending.out == "" and len(ending.error_lines) == 1, ending
    assert code in ending.err, ending
    for word in words:
        assert word in ending.err, ending


def left(folder):
    return sorted(one.name for one in folder.iterdir() if one.name != "old.trace")


@pytest.mark.parametrize("name", AT_A_DEVICE)
def test_no_permission_names_the_group(name, command, run, tmp_path, powerless):  # noqa: F811
    master, slave = pty.openpty()
    device = os.ttyname(slave)
    try:
        if os.geteuid() == 0:
            os.chown(device, -1, 20)
        os.chmod(device, 0)
        ending = run(*command(name, device), prefix=powerless, stdin="\n\n")
        group = "usermod -aG dialout" if os.geteuid() == 0 else "usermod -aG"
        if name == "test-meter":
            assert ending.code == 7 and "BS-IO-02" in ending.err and group in ending.err, ending
        else:
            refused(ending, "BS-IO-02", device, group)
        assert left(tmp_path) == []
    finally:
        os.close(slave)
        os.close(master)


@pytest.mark.parametrize("name", [one for one in AT_A_DEVICE if one.startswith(("read", "record"))])
def test_a_plug_pulled_in_the_middle(name, command, run, tmp_path):
    """Both ends of the cable are hung up while somebody waits for an answer."""
    with PtyPair() as cable:
        timer = threading.Timer(1.0, cable.unplug)
        timer.start()
        ending = run(*command(name, cable.near))
        timer.join()
    assert ending.code == 7 and "BS-IO-06" in ending.err, ending
    assert len([line for line in ending.error_lines if line.startswith("error: ")]) == 1, ending
    # What was kept until then stays.
    assert left(tmp_path) in ([], ["new.trace"])


@pytest.mark.parametrize("name", [one for one in AT_A_DEVICE if one not in ("test-meter", "ports")])
def test_somebody_else_has_the_port(name, command, start, run, tmp_path):
    with PtyPair() as cable:
        start("eastron-sdm230", "--serial", cable.near)
        refused(run(*command(name, cable.near)), "BS-IO-03", cable.near, "close that program")
        assert left(tmp_path) == []


@pytest.mark.parametrize("protocol, speed", [("dlms", "300"), ("irda", "300")])
def test_a_wrong_speed(protocol, speed, start, run, tmp_path):
    profile = {"dlms": "dlms-bench-import-export", "irda": "elster-a100c"}[protocol]
    meter = start(profile, "--serial", tmp_path / "meter", "--protocol", protocol)
    ending = run("read", "--protocol", protocol, "--serial", meter.path, "--baud", speed)
    assert ending.code == 7 and ending.out == "" and len(ending.error_lines) == 1, ending


def full(command, **options):
    """Runs with standard output on a full disk."""
    with open("/dev/full", "w") as disk:
        done = subprocess.run([str(one) for one in command], stdout=disk, stderr=subprocess.PIPE, text=True,
                              stdin=subprocess.DEVNULL, timeout=PATIENCE, **options)
    return done.returncode, done.stderr


@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
def test_a_full_disk_under_a_read(form, start, backspin):
    meter = start("landis-gyr-e350", "--tcp", "127.0.0.1:0", "--protocol", "iec62056-21", *STILL)
    code, told = full([backspin, "read", "--protocol", "iec62056-21", *at(meter), *form])
    assert code == 7 and told.splitlines() == ["error: cannot write to standard output: No space left on device"], told


def test_a_full_disk_under_the_other_outputs(backspin, run, tmp_path):
    (tmp_path / "a.trace").write_text(TRACE)
    points = tmp_path / "points.csv"
    points.write_text("name,test-energy,reference-energy\n1,1.000 kWh,1.000 kWh\n")
    for command in [["test-meter", points, "--reference-class", "1"], ["ports"], ["trace", tmp_path / "a.trace"]]:
        code, told = full([backspin, *command])
        assert code == 7 and told.startswith("error: cannot write to standard output: No space left"), (command, told)
    ending = run("trace", tmp_path / "a.trace", "--pcapng", "/dev/full")
    refused(ending, "cannot write /dev/full", "No space left on device")


def short_of_room():
    """Files cannot grow beyond 64 bytes, and that is an error, not a signal."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))


def test_an_adoption_that_finds_no_room_leaves_nothing(backspin, tmp_path):
    (tmp_path / "a.trace").write_text(TRACE)
    done = subprocess.run(
        [backspin, "adopt", tmp_path / "a.trace", "--out", tmp_path / "made", "--keep-identifiers", "--profile",
         "eastron-sdm120"],
        capture_output=True, text=True, timeout=PATIENCE, preexec_fn=short_of_room)
    assert done.returncode == 7 and "cannot write" in done.stderr, done
    assert len(done.stderr.splitlines()) == 1, done
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("link", ["wrapper", "62056-21"])
def test_a_killed_recorder_leaves_a_trace_that_is_good(link, start, serve, run, tmp_path):
    protocol = {"wrapper": "dlms", "62056-21": "iec62056-21"}[link]
    meter = start("dlms-bench-import-export", "--tcp", "127.0.0.1:0", "--protocol", protocol, *STILL)
    out = tmp_path / "k.trace"
    tongue = {"wrapper": "dlms-wrapper", "62056-21": "iec62056-21"}[link]
    witness = serve("record", *at(meter), "--protocol", tongue, "--listen", "127.0.0.1:0", "--out", out)
    read = run("read", "--protocol", protocol, "--tcp", witness.place)
    assert read.code == 0, read
    assert witness.end(signal.SIGKILL) == -signal.SIGKILL
    adopted = run("adopt", out, "--out", tmp_path / "made")
    assert adopted.code == 0, adopted
    assert "12345.678" in (tmp_path / "made" / "vectors.csv").read_text() or "12345678" in (
        tmp_path / "made" / "vectors.csv").read_text()


ABSURD = [
    ["read", "--tcp", "127.0.0.1:1", "--protocol", "iec62056-21", "--baud", "0"],
    ["read", "--serial", "x", "--protocol", "irda", "--baud", "0"],
    ["read", "--serial", "x", "--protocol", "irda", "--baud", "99999999999999999999"],
    ["read", "--serial", "x", "--protocol", "dlms", "--baud", "-9600"],
    ["read", "--tcp", "127.0.0.1:99999", "--protocol", "dlms"],
    ["read", "--tcp", "127.0.0.1:1", "--protocol", "dlms", "--counter", "-1"],
    ["read", "--tcp", "127.0.0.1:1", "--protocol", "dlms", "--client", "0"],
    ["read", "--tcp", "127.0.0.1:1", "--protocol", "dlms", "--server", "99999"],
    ["read", "--tcp", "127.0.0.1:1", "--watch", "0s"],
    ["read", "--tcp", "127.0.0.1:1", "--watch", "99999999999999999999 day"],
    ["read", "--tcp", "127.0.0.1:1", "--protocol", "pulse", "--constant", "0"],
    ["read", "--tcp", "127.0.0.1:1", "--protocol", "dlms", "--load-profile", "--entries", "48-1"],
    ["read", "--tcp", "127.0.0.1:1", "--protocol", "dlms", "--load-profile", "--from", "tomorrow"],
    ["meter", "landis-gyr-e350", "--protocol", "dlms", "--tcp", "127.0.0.1:0"],
    ["meter", "landis-gyr-e350", "--tcp", "127.0.0.1:0", "--set", "import=99999999999999999999kWh"],
    ["meter", "landis-gyr-e350", "--tcp", "127.0.0.1:0", "--serial-number", "x" * 33],
    ["meter", "landis-gyr-e350", "--tcp", "127.0.0.1:0", "--serial-number", "Zähler"],
    ["meter", "landis-gyr-e350", "--tcp", "127.0.0.1:0", "--clock", "x0"],
    ["ports", "--check", "/dev/null", "--speed", "99999999999999999999"],
    ["record", "--serial", "x", "--listen", "y", "--line", "0 7E1", "--out", "z"],
    ["record", "--serial", "x", "--listen", "y", "--line", "300 9E1", "--out", "z"],
    ["replay", "old.trace", "--tcp", "127.0.0.1:0", "--speed", "x0"],
    ["replay", "old.trace", "--tcp", "127.0.0.1:0", "--speed", "x99999999999999999999"],
    ["replay", "far.trace", "--tcp", "127.0.0.1:0"],
    ["replay", "high.trace", "--tcp", "127.0.0.1:0"],
    ["adopt", "old.trace", "--out", "made", "--name", "../mine"],
    ["adopt", "old.trace", "--out", "made", "--key-encryption", "00"],
    ["test-meter", "--reference-class", "-1", "--under-test", "count 1", "--reference", "count 1"],
    ["test-meter", "--reference-class", "1", "--under-test", "count 99999999999", "--reference", "count 1"],
    ["test-meter", "--reference-class", "1", "--time", "99999999999999999999 day", "--under-test", "count 1",
     "--reference", "count 1"],
    ["test-meter", "--reference-class", "1", "--age", "-1s", "--under-test", "count 1", "--reference", "count 1"],
]


@pytest.mark.parametrize("words", ABSURD, ids=lambda words: " ".join(words)[:60])
def test_absurd_numbers_are_wrong_use(words, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.trace").write_text(TRACE)
    (tmp_path / "far.trace").write_text(TRACE.replace("0.200000", "99999999999999999999.0"))
    (tmp_path / "high.trace").write_text(TRACE.replace("line: 9600", "line: 99999999999999999999"))
    before = left(tmp_path)
    ending = run(*words)
    assert ending.code == 2 and ending.out == "", ending
    assert ending.err.lower().startswith("error: "), ending
    assert left(tmp_path) == before


def test_another_place_and_tongue_of_the_machine_change_no_byte(start, run, tmp_path):
    meter = start("dlms-bench-import-export", "--tcp", "127.0.0.1:0", "--protocol", "iec62056-21", *STILL)
    there = {"TZ": "Asia/Tokyo", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}
    words = ["read", "--protocol", "iec62056-21", *at(meter), "--registers", "1.8.0,2.8.0", "--password", "12345678"]
    for form in ([], ["--json"], ["--csv"]):
        here, away = run(*words, *form), run(*words, *form, environment=there)
        assert here.code == 0 and (here.out, here.err) == (away.out, away.err), (here, away)
    trace = tmp_path / "a.trace"
    trace.write_text(TRACE)
    made = []
    for place, environment in [("here", {}), ("away", there)]:
        ending = run("adopt", trace, "--out", tmp_path / place, "--keep-identifiers", "--profile", "eastron-sdm120",
                     environment=environment)
        assert ending.code == 0, ending
        made.append([path.read_text() for path in sorted((tmp_path / place).rglob("*.*"))])
    assert made[0] == made[1]


def test_progress_goes_to_a_terminal_alone(backspin, start):
    """A readout at 300 baud takes seconds; a person at a terminal is told, in one line and without escapes."""
    meter = start("iskra-mt174", "--serial", f"/tmp/progress-{os.getpid()}", "--protocol", "iec62056-21", *STILL)
    words = [backspin, "read", "--protocol", "iec62056-21", "--serial", meter.path, "--max-baud", "300"]
    quiet = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE * 2)
    # What a person should know of the read is told to everybody; how far it is, only at a terminal.
    assert quiet.returncode == 0 and "answer" not in quiet.stderr, quiet
    master, slave = pty.openpty()
    watched = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=slave)
    os.close(slave)
    seen = b""
    while True:
        try:
            more = os.read(master, 4096)
        except OSError:
            break
        if not more:
            break
        seen += more
    out, _ = watched.communicate(timeout=PATIENCE)
    os.close(master)
    assert out.decode() == quiet.stdout
    assert b"by iec62056-21: answer " in seen and b" bytes, " in seen and b"\x1b" not in seen, seen
    last = seen.rindex(b" bytes, ")
    assert b"\r" in seen[last:], "the line is taken away again"


def test_a_watch_keeps_to_the_protocol_that_answered(backspin, start):
    """Without --protocol a stream is tried as the wrapper first; this meter speaks 62056-21, and is found once."""
    meter = start("landis-gyr-e350", "--tcp", "127.0.0.1:0", "--protocol", "iec62056-21", *STILL)
    watch = subprocess.Popen(
        [backspin, "read", *at(meter), "--watch", "1s", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True)
    try:
        began, lines = time.monotonic(), []
        while len(lines) < 3:
            lines.append(watch.stdout.readline())
        assert all('"protocol":"iec62056-21"' in line and "012345.678" in line for line in lines), lines
        assert time.monotonic() - began < PATIENCE
    finally:
        watch.terminate()
        watch.wait(PATIENCE)
