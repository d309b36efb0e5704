"""`backspin record`, `replay` and `trace` between programs: a read that is kept, a recording that serves, a witness
between a client of another make and a meter, kills, full disks and plugs that are pulled; Wireshark reads the
captures."""

import os
import signal
import subprocess

import pytest
from pymodbus.client import ModbusSerialClient, ModbusTcpClient
from pymodbus.exceptions import ModbusException

from live import PATIENCE
from ptypair import PtyPair
from served import at


def keep(run, tmp_path, meter, name="a.trace"):
    out = tmp_path / name
    ending = run("record", "--out", out, "--profile", "eastron-sdm120", *at(meter))
    assert ending.code == 0, ending
    return out


def test_a_read_is_kept_and_served_back(start, run, serve, tmp_path, place):
    meter = start("eastron-sdm120", *place, "--set", "import=1234.567kWh", "--power", "0W")
    out = keep(run, tmp_path, meter)
    first = run("read", "--profile", "eastron-sdm120", *at(meter))
    meter.end()
    where = ["--tcp", "127.0.0.1:0"] if meter.is_tcp else ["--serial", tmp_path / "again"]
    replay = serve("replay", out, *where)
    reach = ["--tcp", replay.place] if meter.is_tcp else ["--serial", tmp_path / "again"]
    for _ in range(2):
        again = run("read", "--profile", "eastron-sdm120", *reach)
        assert (again.code, again.out) == (0, first.out), again
    assert replay.end() == 0


def test_strict_replay_tells_departures(start, run, serve, tmp_path):
    meter = start("eastron-sdm120", "--tcp", "127.0.0.1:0")
    replay = serve("replay", keep(run, tmp_path, meter), "--tcp", "127.0.0.1:0", "--strict")
    port = replay.place.rsplit(":", 1)[1]
    client = ModbusTcpClient("127.0.0.1", port=int(port), timeout=0.5, retries=0)
    assert client.connect()
    with pytest.raises(ModbusException):
        client.read_input_registers(0, count=2, device_id=1)
    client.close()
    assert "departure: heard" in replay.errors.next("the departure")
    assert replay.end() == 1


def test_a_witness_between_a_client_and_a_meter(start, run, serve, tmp_path):
    meter = start("eastron-sdm120", "--serial", tmp_path / "meter", "--set", "import=10kWh", "--baud", "9600")
    out = tmp_path / "p.trace"
    witness = serve("record", "--serial", meter.path, "--protocol", "modbus-rtu", "--listen", tmp_path / "here", "--out", out)
    client = ModbusSerialClient(str(tmp_path / "here"), baudrate=9600, timeout=2)
    assert client.connect()
    answer = client.read_input_registers(72, count=2, device_id=1)
    assert not answer.isError(), answer
    assert answer.registers == [0x4120, 0x0000]
    client.close()
    assert witness.end() == 0
    text = out.read_text()
    assert "> 01 04 00 48 00 02 f1 dd" in text, text
    assert not (tmp_path / "here").is_symlink()
    replayed = run("adopt", out, "--out", tmp_path / "made", "--profile", "eastron-sdm120")
    assert replayed.code == 0, replayed
    assert "active-energy-import,10.0,kWh" in (tmp_path / "made" / "vectors.csv").read_text()


def test_a_kill_loses_nothing_that_was_seen(start, serve, run, tmp_path):
    meter = start("eastron-sdm120", "--tcp", "127.0.0.1:0", "--set", "import=10kWh")
    out = tmp_path / "k.trace"
    witness = serve("record", *at(meter), "--protocol", "modbus-tcp", "--listen", "127.0.0.1:0", "--out", out)
    port = witness.place.rsplit(":", 1)[1]
    client = ModbusTcpClient("127.0.0.1", port=int(port), timeout=2)
    assert client.connect()
    assert not client.read_input_registers(72, count=2, device_id=1).isError()
    assert witness.end(signal.SIGKILL) == -signal.SIGKILL
    client.close()
    summary = run("trace", out)
    assert summary.code == 0 and "reader      12 bytes" in summary.out, summary
    assert "meter       13 bytes" in summary.out


def test_a_full_disk_is_one_line_and_exit_7(start, run):
    meter = start("eastron-sdm120", "--tcp", "127.0.0.1:0")
    ending = run("record", "--out", "/dev/full", "--profile", "eastron-sdm120", *at(meter))
    assert ending.code == 7, ending
    assert "cannot write /dev/full: No space left on device" in ending.err


def test_a_plug_that_is_pulled_ends_a_recording_and_keeps_it(serve, run, tmp_path):
    with PtyPair() as pair:
        out = tmp_path / "u.trace"
        witness = serve("record", "--serial", pair.near, "--listen", tmp_path / "here", "--out", out)
        pair.unplug()
        assert witness.process.wait(PATIENCE) == 7
        lines = witness.errors.rest()
        assert any("BS-IO-06" in line for line in lines), lines
    assert run("trace", out).code == 0
    assert not os.path.lexists(tmp_path / "here")


def test_somebody_else_has_the_port(start, serve, run, tmp_path):
    meter = start("eastron-sdm120", "--serial", tmp_path / "meter")
    serve("record", "--serial", meter.path, "--listen", tmp_path / "here", "--out", tmp_path / "a.trace")
    ending = run("record", "--out", tmp_path / "b.trace", "--profile", "eastron-sdm120", *at(meter))
    assert ending.code == 7 and "BS-IO-03" in ending.err, ending
    assert len(ending.error_lines) == 1
    assert not (tmp_path / "b.trace").exists()


def dissected(capture, *fields):
    done = subprocess.run(
        ["tshark", "-r", capture, "-T", "fields", *[part for field in fields for part in ("-e", field)]],
        capture_output=True, text=True, timeout=PATIENCE * 2, check=True,
    )
    return [line.split("\t") for line in done.stdout.splitlines()]


@pytest.mark.needs("tshark")
def test_wireshark_reads_a_capture(start, run, tmp_path, place):
    meter = start("eastron-sdm120", *place, "--set", "import=10kWh", "--power", "0W")
    capture = tmp_path / "a.pcapng"
    assert run("trace", keep(run, tmp_path, meter), "--pcapng", capture).code == 0
    rows = [row for row in dissected(capture, "modbus.func_code", "modbus.reference_num", "modbus.regval_uint16") if row[0]]
    questions = [row[1] for row in rows if row[1]]
    assert questions[:4] == ["12", "72", "74", "342"], rows
    assert [row[0] for row in rows] == ["4"] * 8
    # 10.0 as binary32 is 4120 0000.
    assert "16672,0" in [row[2] for row in rows], rows
