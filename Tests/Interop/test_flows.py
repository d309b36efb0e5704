"""Data flows in and out, as a user meets them: a malformed file is one line and exit 2, and files are written whole or
not at all."""

import os

import pytest

HEAD = "ZHV|1|D0010002|D|A|X|B|20260702060000||||OPER|"
READINGS = ["026|9900000000015|V|", "028|F75A 00802|R|", "030|01|20260501000000|1000.0|", "030|01|20260701000000|1250.1|"]


def flow(records, count=None, head=HEAD):
    return "\n".join([head, *records, f"ZPT|1|{len(records) if count is None else count}|"]) + "\n"


@pytest.fixture
def settle(run, tmp_path):
    def settle(text, *options):
        (tmp_path / "in.usr").write_text(text)
        return run("settle", "--flow", tmp_path / "in.usr", "--licensee", "bulb", "--flat", "5.57 p/kWh", *options)

    return settle


def test_two_readings_are_paid(settle):
    done = settle(flow(READINGS))
    # 250.1 kWh x 5.57 p = 1393.057p.
    assert done.code == 0 and "250.1 kWh × 5.57 p/kWh = 1393.057p → £13.93" in done.out, done
    assert "in.usr:5" in done.out, "decisions cite file and line"


def test_odd_files_are_read_and_told(settle, run, tmp_path):
    done = settle(flow([*READINGS, "999|x|"], count=7).replace("\n", "\r\n").rstrip())
    assert done.code == 0 and "£13.93" in done.out, done
    for word in ("[flow-count]", "[unknown-record]", "FLOW_COUNT R-VAL-08 error"):
        assert word in done.out
    again = run("settle", "--flow", tmp_path / "in.usr", tmp_path / "in.usr", "--licensee", "bulb", "--flat", "5.57 p/kWh")
    assert again.code == 0 and "FLOW_DUPLICATE" in again.out and "£13.93, from 1393.057p" in again.out, again


@pytest.mark.parametrize("record, place, code", [
    ("030|01|20260701000000|12x|", ":5:23: field 3 of 030", "BS-FLOW-07"),
    ("030|01|2026-07-01|1250.1|", ":5:8: field 2 of 030", "BS-FLOW-06"),
    ("030||20260701000000|1250.1|", ":5:5: field 1 of 030", "BS-FLOW-03"),
    ("026|9900000000016|V|", ":5:5: field 1 of 026", "BS-FLOW-05")])
def test_a_malformed_file_is_one_line(settle, record, place, code):
    done = settle(flow([*READINGS[:3], record]))
    assert done.code == 2 and done.out == "", done
    first = done.err.splitlines()[0]
    assert place in first and code in first, first


@pytest.mark.parametrize("options, says", [
    (["--mpan", "2278676232781"], "BS-FLOW-12"), (["--flow-registers", "01"], "write 01=export"),
    (["--flow-clock", "gmt"], "--flow-clock is one of"), (["--reads", "x.csv"], "not both")])
def test_wrong_use(settle, options, says):
    done = settle(flow(READINGS), *options)
    assert done.code == 2 and says in done.err and done.out == "", done


def test_a_run_feeds_settle(run, tmp_path):
    """What emulated meters said goes out as flow files, and settles to the same pence within their resolution."""
    (tmp_path / "story.yaml").write_text("""
id: steady
title: A steady kilowatt for three days
from: 2026-05-01T23:00Z
site: {flow: -1 kW}
meters: {export: {profile: smets2-single-element, serial: EM 1, mpan: "9900000000015"}}
agreement: {licensee: bulb, tariff: {flat: 5.57 p/kWh}, installation: {technology: hydro, capacity: 4 kW}}
timeline:
  - {every: day, at: "23:00Z", remote-reads: export, what: [registers, half-hours], last: 1 day}
  - {at: 2026-05-04T23:30Z, settle: export}
expect: [{decision: PAY_OK}]
""")
    done = run("run", tmp_path / "story.yaml", "--flows", tmp_path / "out", "--record", tmp_path / "runs")
    assert done.code == 0, done
    files = sorted((tmp_path / "out/steady").iterdir())
    assert [file.name for file in files] == ["D0010-9900000000015.usr", "D0036-9900000000015.usr"]
    assert "|TR01|" in files[0].read_text(), "no emulated reading goes out as a live one"
    assert files[1].read_text().count("\n103|A|0.5|") >= 96
    settled = run("settle", "--flow", *files, "--licensee", "bulb", "--flat", "5.57 p/kWh", "--technology", "hydro",
                  "--capacity", "4 kW", "--json")
    assert settled.code == 0 and '"VAL_' not in settled.out, settled
    # 72 kWh x 5.57 p = 401.04p.
    assert '"netPence": 401' in settled.out


def test_files_are_written_whole_or_not_at_all(run, tmp_path):
    blocked = tmp_path / "out"
    blocked.mkdir()
    # A folder stands where the second file should: the first is taken back.
    (blocked / "D0036-9900000000015.usr").mkdir()
    half_hours = ["101|9900000000015|AE|M|", "102|20260601|", *["103|A|0.1|"] * 48]
    (tmp_path / "hh.usr").write_text(flow(half_hours, head=HEAD.replace("D0010002", "D0036001")))
    (tmp_path / "in.usr").write_text(flow(READINGS))
    done = run("settle", "--flow", tmp_path / "in.usr", tmp_path / "hh.usr", "--licensee", "bulb", "--flat", "5.57 p/kWh",
               "--flows", blocked)
    assert done.code == 7 and "cannot write" in done.err, done
    assert os.listdir(blocked) == ["D0036-9900000000015.usr"]
    assert not any((blocked / "D0036-9900000000015.usr").iterdir())
