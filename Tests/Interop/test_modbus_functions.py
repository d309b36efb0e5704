"""Every Modbus function, asked by pymodbus of the bench meter, which has them all; and whole lines of meters."""

import os
import socket
import subprocess
import time

import pytest

import frames
from modbus_readers import LibModbus, PyModbus, Refused


@pytest.fixture(params=["tcp", "rtu over tcp", "pty"])
def where(request, tmp_path):
    if request.param == "pty":
        return ["--serial", str(tmp_path / "meter0"), "--baud", 115200]
    return ["--tcp", "127.0.0.1:0", *(["--framing", "rtu"] if request.param == "rtu over tcp" else [])]


@pytest.fixture
def bench(start, where):
    meter = start("bench-modbus", *where, "--clock", "manual", "--power", "-2 kW")
    reader = PyModbus(meter)
    reader.meter = meter
    yield reader
    reader.close()


def refused(code, call, *arguments, **options):
    with pytest.raises(Refused) as refusal:
        call(*arguments, **options)
    assert refusal.value.code == code


def test_coils_and_inputs(bench):
    client, ask = bench.client, bench.ask
    assert ask(client.read_coils, 0, count=3, device_id=1).bits[:3] == [True, False, False]
    assert ask(client.read_discrete_inputs, 0, count=1, device_id=1).bits[0] is True, "it exports"
    ask(client.write_coil, 1, True, device_id=1)
    ask(client.write_coils, 0, [False, True, True], device_id=1)
    assert ask(client.read_coils, 0, count=3, device_id=1).bits[:3] == [False, True, True]
    refused(2, ask, client.read_coils, 1, count=3, device_id=1)
    refused(2, ask, client.write_coil, 9, True, device_id=1)


def test_masks_and_reading_while_writing(bench):
    client, ask = bench.client, bench.ask
    # The standard's example: (0x12 AND 0xF2) OR (0x25 AND NOT 0xF2) = 0x17.
    ask(client.mask_write_register, address=42, and_mask=0xF2, or_mask=0x25, device_id=1)
    assert bench.read(1, 3, 42, 1) == [0x17]
    answer = ask(client.readwrite_registers, read_address=42, read_count=2, write_address=43, values=[0xABCD], device_id=1)
    assert answer.registers == [0x17, 0xABCD]


def test_who_it_is(bench):
    client, ask = bench.client, bench.ask
    basic = ask(client.read_device_information, read_code=1, object_id=0, device_id=1).information
    assert basic == {0: b"Backspin", 1: b"bench", 2: b"1"}
    one = ask(client.read_device_information, read_code=4, object_id=4, device_id=1).information
    assert one == {4: b"bench meter"}
    refused(2, ask, client.read_device_information, read_code=4, object_id=40, device_id=1)
    server = ask(client.report_device_id, device_id=1)
    assert server.identifier == b"backspin bench" and server.status


def test_loopback_returns_what_was_sent(bench):
    assert bench.ask(bench.client.diag_query_data, b"\xa5\x37", device_id=1).message == b"\xa5\x37"


def test_a_meter_without_them_refuses_the_function(start, where):
    meter = start("eastron-sdm230", *where, "--clock", "manual")
    reader = PyModbus(meter)
    client, ask = reader.client, reader.ask
    refused(1, ask, client.read_coils, 0, count=1, device_id=1)
    refused(1, ask, client.write_coil, 0, True, device_id=1)
    refused(1, ask, client.write_coils, 0, [True], device_id=1)
    refused(1, ask, client.mask_write_register, address=0, and_mask=0, or_mask=0, device_id=1)
    refused(1, ask, client.readwrite_registers, read_address=0, read_count=1, write_address=0, values=[1], device_id=1)
    refused(1, ask, client.read_device_information, read_code=1, object_id=0, device_id=1)
    refused(1, ask, client.diag_query_data, b"\0\0", device_id=1)
    refused(1, ask, client.report_device_id, device_id=1)
    reader.close()


BUS = "- {profile: bench-modbus, unit: 1}\n- {profile: bench-modbus, unit: 2}\n- {profile: eastron-sdm230, unit: 3}\n"


def test_a_broadcast_acts_where_the_make_does_so_and_nobody_answers(start, tmp_path):
    file = tmp_path / "bus.yaml"
    file.write_text(BUS)
    bus = start("--bus", file, "--serial", str(tmp_path / "line"), "--clock", "manual")
    with frames.Serial(bus.path, 9600) as line:
        line.write(frames.rtu(0, bytes([6, 0, 42, 0x12, 0x34])))
        assert line.read(1, patience=0.3) == b""
        # Measurement mode 3 of an SDM230: the maker does not support a broadcast.
        line.write(frames.rtu(0, bytes([16, 0xF9, 0x20, 0, 1, 2, 0, 3])))
        assert line.read(1, patience=0.3) == b""
    reader = LibModbus(bus)
    assert reader.read(1, 3, 42, 1) == [0x1234] and reader.read(2, 3, 42, 1) == [0x1234]
    assert reader.read(3, 3, 0xF920, 1) == [2]
    reader.close()


def test_a_unit_number_that_acts_at_power_up(start, where):
    meter = start("bench-modbus", *where, "--clock", "manual")
    reader = PyModbus(meter)
    reader.write(1, 40, [77])
    assert reader.read(1, 3, 40, 1) == [77]
    meter.say(**{"power-up": True})
    assert reader.read(77, 3, 40, 1) == [77]
    reader.close()


def test_two_hundred_and_forty_seven_units_on_one_pty(start, tmp_path):
    line = start("eastron-sdm630-v2", "--count", 247, "--serial", str(tmp_path / "line"), "--baud", 115200,
                 "--clock", "manual", "--set", "import=10 kWh")
    reader = LibModbus(line)
    began = time.monotonic()
    for unit in range(1, 248):
        assert reader.read(unit, 4, 72, 2) == [0x4120, 0], unit
    assert time.monotonic() - began < 30
    reader.close()


def test_more_meters_than_a_line_has_numbers_go_on_at_the_next_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    meters = start_many(port)
    for place, unit in [(port, 1), (port, 247), (port + 1, 1), (port + 2, 6)]:
        with socket.create_connection(("127.0.0.1", place), 5) as client:
            client.send(bytes.fromhex("0001 0000 0006") + bytes([unit, 4, 0, 72, 0, 2]))
            assert client.recv(64)[7:] == bytes([4, 4, 0x41, 0x20, 0, 0]), (place, unit)
    meters.terminate()
    meters.wait(10)


def start_many(port):
    process = subprocess.Popen(
        [os.environ["BACKSPIN"], "meter", "eastron-sdm120", "--count", "500", "--tcp", f"127.0.0.1:{port}", "--clock",
         "manual", "--set", "import=10 kWh"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == f"ready 500 meters, 247 a port, from unit 1 on tcp 127.0.0.1:{port}\n"
    return process
