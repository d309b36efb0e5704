"""`backspin adopt`: a meter is read and kept, becomes a profile, and that profile is served and read: the values are
those of the recording, and the scenario that came with it runs."""

import csv
import json
import shlex

import pytest

from served import at

KEYS = ["--key-encryption", "000102030405060708090A0B0C0D0E0F",
        "--key-authentication", "D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF"]
GMAC = ["--client", "48", "--auth", "gmac", *KEYS]
LOW = ["--client", "32", "--auth", "low", "--password"]

#: Profile, protocol, place, how it is read, how what was adopted is read, what adopt needs.
CASES = {
    "mode-c": ("landis-gyr-e350", "iec62056-21", "pty", [], [], []),
    "mode-c-dates": ("landis-gyr-zmd120", "iec62056-21", "tcp", [], [], []),
    "mode-c-rates": ("iskra-mt174", "iec62056-21", "tcp", [], [], []),
    "mode-d": ("easymeter-q3d1024", "iec62056-21", "tcp", ["--mode", "d"], ["--mode", "d"], []),
    "programming": ("elster-a1140", "iec62056-21", "tcp", ["--registers", "1.8.0,2.8.0", "--password", "00000001"],
                    ["--registers", "1.8.0,2.8.0", "--password", "12345678"], []),
    "hdlc": ("dlms-bench-import-export", "dlms", "pty", [], [], []),
    "hdlc-addressed": ("landis-gyr-zmd120", "dlms", "pty", [*LOW, "00000000", "--server", "1/17"],
                       [*LOW, "12345678", "--server", "1/17"], []),
    "wrapper": ("dlms-bench-import-export", "dlms", "tcp", [], [], []),
    "wrapper-low": ("dlms-bench-import-export", "dlms", "tcp", [*LOW, "12345678"], [*LOW, "12345678"], []),
    "wrapper-gmac": ("dlms-bench-import-export", "dlms", "tcp", GMAC, GMAC, KEYS),
}
SERVED = "note: served by backspin meter "

#: Cases in which 2 kW flow out while the meter's time stands: what nothing at rest shows stays as it was read.
FLOWING = {"mode-c", "mode-c-rates", "hdlc", "wrapper-gmac"}


def place(kind, tmp_path, name):
    return ["--tcp", "127.0.0.1:0"] if kind == "tcp" else ["--serial", tmp_path / name]


def recorded(start, run, tmp_path, case):
    profile, protocol, kind, how, _, _ = CASES[case]
    flow = ["--clock", "manual", "--power", "-2 kW"] if case in FLOWING else ["--power", "0W"]
    meter = start(profile, *place(kind, tmp_path, "real"), "--protocol", protocol, *flow,
                  "--set", "import=12345.678kWh,export=987.654kWh")
    trace = tmp_path / "mine.trace"
    ending = run("record", "--out", trace, "--protocol", protocol, *at(meter), *how)
    assert ending.code == 0, ending
    meter.end()
    return trace


@pytest.mark.parametrize("case", CASES)
def test_what_is_adopted_is_served_and_reads_the_same(start, run, tmp_path, case):
    _, protocol, kind, _, how, secrets = CASES[case]
    trace = recorded(start, run, tmp_path, case)
    made = tmp_path / "made"
    adopted = run("adopt", trace, "--out", made, *secrets)
    assert adopted.code == 0, adopted
    told = next(line for line in adopted.error_lines if line.startswith(SERVED))
    name, _, _, _, _, *options = shlex.split(told.removeprefix(SERVED))
    assert name == "mine"
    again = start(name, "--profiles", made, *place(kind, tmp_path, "again"), *options)
    read = run("read", "--protocol", protocol, *at(again), *how, "--json")
    assert read.code == 0, read
    shown = {(one["address"], one["index"]): (one["text"], one["unit"]) for one in json.loads(read.out)["values"]}
    with open(made / "vectors.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["address"] not in ("0.9.1", "0.9.2")]
    wanted = {row["address"]: (row["value"], row["unit"]) for row in rows if row["name"] != "serial-number"}
    assert ("12345.678" in wanted.get("1.8.0", wanted.get("1-0:1.8.0*255", ("",)))[0]
            or "12345678" in wanted["1-0:1.8.0*255"][0]), wanted
    for address, value in wanted.items():
        if (address, 0) in shown:
            assert shown[(address, 0)] == value, address
    missing = [address for address in wanted if (address, 0) not in shown and "[" not in address and "0-0:" not in address]
    assert [one for one in missing if not one.startswith("1-0:0.")] == [], (missing, shown)
    # Where its serial number was read it is masked, and the served meter shows the mask.
    for row in rows:
        if row["name"] == "serial-number" and (row["address"], 0) in shown:
            assert shown[(row["address"], 0)][0] == row["value"]
            assert row["value"] != "20000070"
    story = run("run", "--profiles", made, made / "mine.yaml")
    assert story.code == 0 and "1 met" in story.out, story
    profile = (made / "meters" / "mine.yaml").read_text()
    assert "20000070" not in profile + (made / "vectors.csv").read_text() + (made / "mine.yaml").read_text()
    assert case != "programming" or "00000001" not in profile


@pytest.mark.parametrize("protocol, how", [
    ("dlms", ["--registers", "1.8.0,2.8.0"]),
    ("iec62056-21", ["--registers", "1.8.0,2.8.0", "--password", "12345678"]),
])
def test_half_hours_are_vectors_and_the_adopted_meter_keeps_such_a_log(protocol, how, start, run, tmp_path):
    """2 kW in for 3 h: six half-hours of 1 kWh each, and none of export."""
    meter = start("dlms-bench-import-export", "--tcp", "127.0.0.1:0", "--protocol", protocol, "--clock", "manual",
                  "--power", "2 kW")
    meter.say(advance="4h")
    trace = tmp_path / "mine.trace"
    kept = run("record", "--out", trace, "--protocol", protocol, *at(meter), *how, "--load-profile")
    assert kept.code == 0, kept
    adopted = run("adopt", trace, "--out", tmp_path / "made")
    assert adopted.code == 0, adopted
    with open(tmp_path / "made" / "vectors.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if "99.1.0" in row["name"] or row["name"].startswith("P.01")]
    energies = [row["value"] for row in rows if row["address"].endswith(("1.29.0*255", "1.29.0"))]
    assert len(energies) >= 7 and set(energies[1:-1]) == {"1000" if protocol == "dlms" else "1.000"}, rows
    profile = (tmp_path / "made" / "meters" / "mine.yaml").read_text()
    assert "half-hours: {import: 4464, export: 4464}" in profile
    assert "interval-import, interval-export" in profile or "shows: energy" in profile, profile
    told = next(line for line in adopted.error_lines if line.startswith(SERVED))
    options = shlex.split(told.removeprefix(SERVED))[5:]
    again = start("mine", "--profiles", tmp_path / "made", "--tcp", "127.0.0.1:0", *options, "--clock", "manual")
    again.say(advance="1h")
    read = run("read", "--protocol", protocol, *at(again), *how, "--load-profile", "--json")
    assert read.code == 0 and len(json.loads(read.out)["profile"]) >= 1, read
    story = run("run", "--profiles", tmp_path / "made", tmp_path / "made" / "mine.yaml")
    assert story.code == 0 and "1 met" in story.out, story


def test_a_ciphered_dialogue_without_its_keys_is_refused(start, run, tmp_path):
    trace = recorded(start, run, tmp_path, "wrapper-gmac")
    for secrets, word in [
        ([], "the dialogue is ciphered: give its keys"),
        ([*KEYS[:3], "00" * 16], "a ciphered message is not opened by these keys"),
        (KEYS[:2], "--key-encryption and --key-authentication go together"),
    ]:
        ending = run("adopt", trace, "--out", tmp_path / "made", *secrets)
        assert ending.code == 2 and word in ending.err and len(ending.error_lines) == 1, ending
        assert not (tmp_path / "made").exists()


def test_a_trace_never_holds_a_key_or_a_password(start, run, tmp_path):
    head = recorded(start, run, tmp_path, "wrapper-gmac").read_text().split("\n\n")[0]
    assert "place:" in head and "000102030405" not in head and "D0D1D2D3" not in head
