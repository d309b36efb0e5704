"""How long readers take, ours and those of other hands, in turns: a readout of IEC 62056-21 at each speed against the
time that its characters and reaction times must take, and 93 days of half-hours over the TCP wrapper. Run by
scripts/bench-optical.

    optical_peers.py BACKSPIN [ROUNDS]
"""

import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "Tests/Interop"))

import dlms_clients  # noqa: E402
import live  # noqa: E402
import optical_clients  # noqa: E402
from dlms_meters import METER, door  # noqa: E402
from telegrams import TELEGRAMS  # noqa: E402

DAYS = 93
ROWS = DAYS * 48
#: What may be spent above the wire's own time, and what the profile may take: our aims.
MOST_OVER, MOST_SECONDS = 0.02, 0.5


def ours(backspin, *words):
    """Runs `backspin read`; gives its JSON, and when it was done."""
    done = subprocess.run([backspin, "read", *words, "--json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout), time.monotonic()


def theirs(path):
    with optical_clients.library(path) as client:
        optical_clients.readout(client)
        return time.monotonic()


def dialogue(speed, read):
    """Least seconds, seconds until the meter's last character, seconds until the reader has its result."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/meter"
        replica = subprocess.Popen(
            [sys.executable, ROOT / "Tests/Interop/replica_meter.py", path, "plain", f"speed={speed}", "times=1"],
            stdout=subprocess.PIPE, text=True,
        )
        try:
            replica.stdout.readline()
            done = read(path)
            began, least, ended = map(float, replica.stdout.readline().split())
            return least, ended - began, done - began
        finally:
            replica.terminate()
            replica.wait()


def speeds(backspin, rounds):
    """The table of speeds; false if we are over our aim."""
    imported = TELEGRAMS["plain"].value("1.8.0")

    def reads(path):
        result, done = ours(backspin, "--protocol", "iec62056-21", "--serial", path)
        assert imported in json.dumps(result), result
        return done

    print(f"{'baud':>6} {'wire':>9} {'backspin':>10} {'over':>7} {'to result':>10} {'iec62056-21':>12} {'over':>7}")
    good = True
    for speed, baud in optical_clients.MODE_C.items():
        mine, peers = [], []
        for _ in range(rounds):
            mine.append(dialogue(speed, reads))
            peers.append(dialogue(speed, theirs))
        least, took, whole = min(mine, key=lambda one: one[1] / one[0])
        peer = min(peers, key=lambda one: one[1] / one[0])
        good = good and took / least - 1 <= MOST_OVER
        print(
            f"{baud:>6} {least:>7.3f} s {took:>8.3f} s {took / least - 1:>7.1%} {whole:>8.3f} s "
            f"{peer[1]:>10.3f} s {peer[1] / peer[0] - 1:>7.1%}"
        )
    return good


def profile(backspin, rounds):
    """The table of the long profile; false if we are over our aim."""
    words = [METER, "--tcp", "127.0.0.1:0", "--protocol", "dlms", "--clock", "manual", "--power", "-3 kW"]
    meter = live.Meter(backspin, words)
    try:
        meter.wait_until_ready()
        end = datetime.datetime.fromisoformat(meter.say(advance=f"{DAYS + 1}d")["at"])
        end = end.replace(minute=0, second=0, microsecond=0)
        begin = end - datetime.timedelta(minutes=30 * (ROWS - 1))
        best = {}
        for _ in range(rounds):
            for name, read in [("backspin", None), *dlms_clients.ALL.items()]:
                if read is None:
                    start = time.monotonic()
                    result, done = ours(backspin, *profile_words(meter.port, begin, end))
                    rows, took = result["profile"], done - start
                else:
                    with read(door(meter, "none")) as client:
                        start = time.monotonic()
                        rows = client.by_range(begin, end)
                        took = time.monotonic() - start
                assert len(rows) == ROWS, (name, len(rows))
                best[name] = min(took, best.get(name, took))
    finally:
        meter.clear_away()
    print(f"\n{ROWS} half-hours over the wrapper, best of {rounds} (ours with its process, theirs without)")
    for name, took in best.items():
        print(f"{name:>12} {took:>8.3f} s {took / best['backspin']:>6.1f} x ours")
    return best["backspin"] < MOST_SECONDS


def profile_words(port, begin, end):
    return [
        "--protocol", "dlms", "--tcp", f"127.0.0.1:{port}", "--registers", "1-0:1.8.0*255", "--load-profile",
        "--from", f"{begin:%Y-%m-%dT%H:%MZ}", "--to", f"{end:%Y-%m-%dT%H:%MZ}",
    ]


def main(backspin, rounds="2"):
    good = speeds(backspin, int(rounds))
    good = profile(backspin, int(rounds)) and good
    if not good:
        print("an aim was missed", file=sys.stderr)


main(*sys.argv[1:])
