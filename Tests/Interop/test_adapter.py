"""The way through libserialport, as for a real adapter: a preloaded library lets it open a pseudo-terminal."""

import json
import os
import pathlib
import subprocess

import pytest

import frames
from clients import ALL, Point
from ptypair import PtyPair
from test_device import Far

SOURCE = pathlib.Path(__file__).with_name("pty_as_adapter.c")


@pytest.fixture(scope="session")
def preload(tmp_path_factory):
    library = tmp_path_factory.mktemp("preload") / "pty_as_adapter.so"
    done = subprocess.run(
        ["cc", "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return {"LD_PRELOAD": str(library)}


@pytest.mark.needs("cc")
def test_a_meter_is_read_through_libserialport(start, run, link, preload):
    meter = start("eastron-sdm230", "--serial", link, "--set", "import=12.5kWh", "--clock", "manual")
    ending = run("read", "--profile", "eastron-sdm230", "--serial", meter.path, "--json", environment=preload)
    assert ending.code == 0, ending
    read = {one["name"]: one["value"] for one in json.loads(ending.out)["readings"]}
    assert read["active-energy-import"] == "12.5"


@pytest.mark.needs("cc")
def test_it_really_is_libserialport(start, run, link, tmp_path, preload):
    """A pseudo-terminal cannot keep even parity: libserialport says so, the other way in lets it pass."""
    meter = start("eastron-sdm230", "--serial", link, "--clock", "manual")
    folder = tmp_path / "meters"
    folder.mkdir()
    shipped = SOURCE.parents[2] / "Profiles/meters/eastron-sdm230.yaml"
    (folder / "even.yaml").write_text(shipped.read_text().replace("parity: none", "parity: even"))
    words = ["read", "--profile", "even", "--profiles", tmp_path, "--serial", meter.path]
    assert run(*words).code == 0
    ending = run(*words, environment=preload)
    assert ending.code == 7 and "BS-IO-05" in ending.err and "8E1" in ending.err, ending


@pytest.mark.needs("cc")
def test_a_meter_is_served_through_libserialport(start, preload):
    with PtyPair() as cable:
        meter = start(
            "eastron-sdm230", "--serial", cable.near, "--set", "import=12.5kWh", "--clock", "manual", environment=preload
        )
        assert meter.ready["kind"] == "serial"
        maps = pathlib.Path(f"/proc/{meter.process.pid}/maps").read_text()
        assert "pty_as_adapter" in maps and "libserialport" in maps
        assert ALL["pymodbus"](Far(cable), Point(72)) == 12.5
        with frames.Serial(cable.far) as client:
            assert client.ask(1, frames.read_request(0x201), 2).hex() == "8402"
        assert meter.end() == 0
        assert os.path.exists(cable.near)
