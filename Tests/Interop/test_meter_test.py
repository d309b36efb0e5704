"""`backspin test-meter` with two live meters: what is wrong with one of them is known, and is found."""

import json
import subprocess
import time

from live import PATIENCE


def modbus(meter):
    return f"--tcp 127.0.0.1:{meter.port} --profile eastron-sdm120"


def wrapper(meter):
    return f"--tcp 127.0.0.1:{meter.port} --protocol dlms"


def measure(run, under, reference, *more):
    ending = run("test-meter", "--under-test", under, "--reference", reference, "--reference-class", "0.05",
                 "--json", *more)
    assert ending.code in (0, 1), ending
    return ending.code, json.loads(ending.out)


#: Fifty times as fast a register that is brought up to date each second is so every 20 ms.
FAST = ["--age", "20ms"]


def near(point, percent):
    """The error is the known one within its uncertainty, and that is small enough to say something."""
    error, uncertainty = float(point["errorPercent"]), float(point["uncertaintyPercent"])
    assert abs(error - percent) <= uncertainty, point
    return uncertainty


def test_a_meter_that_counts_two_per_cent_too_much_is_within_the_limits_of_a_class_in_service(start, run):
    """Through one flow 102 kW, through the other 100 kW: (102 - 100) / 100 = +2 %. Limits +2.5 and -3.5 %."""
    under = start("eastron-sdm120", "--tcp", "127.0.0.1:0", "--power", "102 kW", "--clock", "x50")
    good = start("eastron-sdm120", "--tcp", "127.0.0.1:0", "--power", "100 kW", "--clock", "x50")
    code, found = measure(run, modbus(under), modbus(good), "--time", "16s", *FAST)
    assert near(found["points"][0], 2.0) < 0.4, found
    # 100 kW for 16 s, fifty times as fast, are 22.2 kWh.
    assert 22000 < float(found["points"][0]["referenceWh"]) < 23500
    assert (code, found["verdict"]) == (0, "within")


def test_a_wrong_scaler_is_an_error_of_nine_hundred_per_cent(start, run):
    """PR-06: the meter says 10 to the power of 1 too much: (10 - 1) / 1 = +900 %."""
    under = start("dlms-bench-import-export", "--tcp", "127.0.0.1:0", "--protocol", "dlms", "--power", "100 kW",
                  "--clock", "x50", "--fault", "PR-06,powers=1")
    good = start("eastron-sdm120", "--tcp", "127.0.0.1:0", "--power", "100 kW", "--clock", "x50")
    code, found = measure(run, wrapper(under), modbus(good), "--time", "4s", *FAST)
    assert near(found["points"][0], 900.0) < 50, found
    assert (code, found["verdict"]) == (1, "outside")


def test_a_pulse_output_that_loses_pulses_is_found_against_a_register(start, run):
    """ME-22: its constant is half of what the plate says, so every second pulse is missing: (1/2 - 1) / 1 = -50 %. At
    72 kW and 1000 imp/kWh twenty pulses a second would be right."""
    under = start("landis-gyr-e350", "--tcp", "127.0.0.1:0", "--protocol", "pulse", "--power", "72 kW",
                  "--fault", "ME-22,constant=500 per mille,doubled=0 per cent")
    good = start("eastron-sdm120", "--tcp", "127.0.0.1:0", "--power", "72 kW")
    code, found = measure(
        run, f"--tcp 127.0.0.1:{under.port} --protocol pulse --profile landis-gyr-e350", modbus(good), "--time", "6s")
    assert near(found["points"][0], -50.0) < 15, found
    assert (code, found["verdict"]) == (1, "outside")


def test_the_other_direction_and_several_loads(start, run, tmp_path):
    """Export: 51 kW against 50 kW are +2 %. Without a person the end of the input goes on with the next load."""
    under = start("eastron-sdm120", "--tcp", "127.0.0.1:0", "--power", "-51 kW", "--clock", "x50")
    good = start("eastron-sdm120", "--tcp", "127.0.0.1:0", "--power", "-50 kW", "--clock", "x50")
    loads = tmp_path / "loads.csv"
    loads.write_text("name,current,time\nlow,5 A,3 s\nhigh,50 A,3 s\n")
    ending = run("test-meter", loads, "--under-test", modbus(under), "--reference", modbus(good), "--register",
                 "export", "--reference-class", "0.05", "--json", *FAST)
    assert "set the load low, then press Enter" in ending.err, ending
    points = json.loads(ending.out)["points"]
    assert [one["name"] for one in points] == ["low", "high"]
    for one in points:
        near(one, 2.0)


def test_turns_that_somebody_counts_against_a_live_reference(start, backspin):
    """A hundred turns of 1000 for a kWh are 100 Wh, and 72 kW give them in 5 s; the person is late by 0.2 s at most."""
    good = start("eastron-sdm120", "--tcp", "127.0.0.1:0", "--power", "72 kW")
    person = subprocess.Popen(
        [backspin, "test-meter", "--under-test", "count 100", "--test-constant", "1000", "--reference", modbus(good),
         "--reference-class", "0.05", "--json"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1)
    assert "press Enter as the count begins" in person.stderr.readline()
    person.stdin.write("\n")
    began = time.monotonic()
    assert "press Enter as the last of them passes" in person.stderr.readline()
    time.sleep(max(5 - (time.monotonic() - began), 0))
    person.stdin.write("\n")
    out, _ = person.communicate(timeout=PATIENCE)
    point = json.loads(out)["points"][0]
    assert point["testedWh"] == "100.000"
    assert near(point, 0.0) > 2, "two ends by hand of five seconds are not known well"
