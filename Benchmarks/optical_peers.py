"""How long readers take, ours and those of other hands, in turns: a readout of IEC 62056-21 at each speed against the
time that its characters and reaction times must take, from a meter by another hand and from a live one of ours; and 93
days of half-hours over the TCP wrapper, plain and under GMAC. Run by scripts/bench-optical.

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

# A readout at 300 baud takes longer than the tests are patient.
optical_clients.PATIENCE = 30
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


def starting(backspin):
    """Seconds that our program takes to start and to end."""
    taken = []
    for _ in range(5):
        began = time.monotonic()
        subprocess.run([backspin, "read", "--help"], capture_output=True, check=True)
        taken.append(time.monotonic() - began)
    return min(taken)


def live_speeds(backspin, rounds):
    """The same from a live meter of ours on a pseudo-terminal, by the time until the reader has its result."""
    text = (ROOT / "Profiles/meters/iskra-mt174.yaml").read_text()
    start = starting(backspin)
    print(f"\na live meter of ours; its reader starts and ends in {start * 1000:.0f} ms, which are taken off")
    print(f"{'baud':>6} {'wire':>9} {'backspin':>10} {'over':>7} {'iec62056-21':>12} {'over':>7}")
    good = True
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "meters").mkdir()
        for baud in optical_clients.MODE_C.values():
            name = f"mt174-at-{baud}"
            (pathlib.Path(folder) / f"meters/{name}.yaml").write_text(text.replace("baud: 9600", f"baud: {baud}"))
            words = [name, "--profiles", folder, "--protocol", "iec62056-21", "--clock", "manual"]
            meter = live.Meter(backspin, [*words, "--serial", f"{folder}/{name}"])
            try:
                meter.wait_until_ready()
                least = wire_time(backspin, words, baud)
                mine, peers = [], []
                for _ in range(rounds):
                    began = time.monotonic()
                    _, done = ours(backspin, "--protocol", "iec62056-21", "--serial", meter.path)
                    mine.append(done - began - start)
                    began = time.monotonic()
                    try:
                        peers.append(theirs(meter.path) - began)
                    except TimeoutError:
                        # A reader of its own that cannot: said, and no figure.
                        pass
            finally:
                meter.clear_away()
            good = good and min(mine) / least - 1 <= MOST_OVER
            peer = f"{min(peers):>10.3f} s {min(peers) / least - 1:>7.1%}" if peers else f"{'no readout':>12}"
            print(f"{baud:>6} {least:>7.3f} s {min(mine):>8.3f} s {min(mine) / least - 1:>7.1%} {peer}")
    return good


def wire_time(backspin, words, baud):
    """What request, identification, acknowledgement and block take, and the three pauses of 20 ms between them."""
    meter = live.Meter(backspin, [*words, "--tcp", "127.0.0.1:0"])
    try:
        meter.wait_until_ready()
        with optical_clients.Port(meter.port) as port:
            port.write(b"/?!\r\n")
            identification = port.until(b"\n")
            port.write(b"\x060" + identification[4:5] + b"0\r\n")
            block = port.until(b"\x03") + port.read(1)
    finally:
        meter.clear_away()
    return (5 + len(identification) + 6) * 10 / 300 + len(block) * 10 / baud + 3 * 0.02


def profile(backspin, rounds):
    """The tables of the long profile; false if we are over our aim."""
    words = [METER, "--tcp", "127.0.0.1:0", "--protocol", "dlms", "--clock", "manual", "--power", "-3 kW"]
    meter = live.Meter(backspin, words)
    try:
        meter.wait_until_ready()
        end = datetime.datetime.fromisoformat(meter.say(advance=f"{DAYS + 1}d")["at"])
        # The log holds just so many, the newest of them at the last half-hour.
        end = end.replace(minute=end.minute // 30 * 30, second=0, microsecond=0)
        begin = end - datetime.timedelta(minutes=30 * (ROWS - 1))
        return all([one_profile(backspin, rounds, meter, mechanism, begin, end) for mechanism in ["none", "gmac"]])
    finally:
        meter.clear_away()


def one_profile(backspin, rounds, meter, mechanism, begin, end):
    best, counter = {}, 1
    for _ in range(rounds):
        for name, read in [("backspin", None), *dlms_clients.ALL.items()]:
            # It must grow from client to client; no read takes so many.
            counter += 10_000
            if read is None:
                start = time.monotonic()
                result, done = ours(backspin, *profile_words(meter.port, mechanism, begin, end), "--counter", f"{counter}")
                rows, took = result["profile"], done - start
            else:
                with read(door(meter, mechanism, counter=counter)) as client:
                    start = time.monotonic()
                    rows = client.by_range(begin, end)
                    took = time.monotonic() - start
            assert len(rows) == ROWS, (name, len(rows))
            best[name] = min(took, best.get(name, took))
    print(f"\n{ROWS} half-hours over the wrapper, {mechanism}, best of {rounds} (ours with its process, theirs without)")
    for name, took in best.items():
        print(f"{name:>12} {took:>8.3f} s {took / best['backspin']:>6.1f} x ours")
    return best["backspin"] < MOST_SECONDS


KEYS = ["--client", "48", "--auth", "gmac", "--key-encryption", bytes(range(16)).hex()]
KEYS += ["--key-authentication", bytes(range(0xD0, 0xE0)).hex()]


def profile_words(port, mechanism, begin, end):
    return [
        *(KEYS if mechanism == "gmac" else []), "--protocol", "dlms", "--tcp", f"127.0.0.1:{port}", "--registers", "1-0:1.8.0*255", "--load-profile",
        "--from", f"{begin:%Y-%m-%dT%H:%MZ}", "--to", f"{end:%Y-%m-%dT%H:%MZ}",
    ]


def main(backspin, rounds="2"):
    good = speeds(backspin, int(rounds))
    good = live_speeds(backspin, int(rounds)) and good
    good = profile(backspin, int(rounds)) and good
    if not good:
        print("an aim was missed", file=sys.stderr)


main(*sys.argv[1:])
