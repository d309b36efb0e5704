"""Places that cannot be had: one line with a stable code on standard error, and exit code 7."""

import os
import pty
import shutil
import socket

import pytest


def refused(ending, code, *words):
    assert ending.code == 7, ending
    assert ending.out == "" and len(ending.error_lines) == 1, ending
    line = ending.error_lines[0]
    assert line.startswith(f"error: {code}: "), line
    for word in words:
        assert word in line, line


def test_port_in_use(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused(run("meter", "eastron-sdm230", "--tcp", f"127.0.0.1:{port}"), "BS-IO-11", f"127.0.0.1:{port}", "in use")


def test_not_an_address_of_this_machine(run):
    refused(run("meter", "eastron-sdm230", "--tcp", "192.0.2.1:1502"), "BS-IO-13", "192.0.2.1")


@pytest.mark.parametrize("kind", ["a file", "a folder"])
def test_the_name_of_the_link_is_taken(kind, run, tmp_path):
    path = tmp_path / "taken"
    path.write_text("mine") if kind == "a file" else path.mkdir()
    refused(run("meter", "eastron-sdm230", "--serial", path), "BS-IO-07", str(path), kind)
    assert path.exists(), "and it is still there"


def test_the_link_of_a_live_meter(start, run, link):
    start("eastron-sdm230", "--serial", link)
    refused(run("meter", "eastron-sdm120", "--serial", link), "BS-IO-07", "another live meter")
    assert os.path.islink(link)


def test_the_folder_of_the_link_is_not_there(run, tmp_path):
    refused(run("meter", "eastron-sdm230", "--serial", tmp_path / "no" / "meter0"), "BS-IO-08", "does not exist")


def test_no_serial_line(run):
    refused(run("meter", "eastron-sdm230", "--serial", "/dev/null"), "BS-IO-04", "/dev/null")


@pytest.fixture
def powerless():
    """How to run without root's right to open everything."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.fail("setpriv (util-linux) is not here, and root may do everything")
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]


def test_no_permission_for_the_device(run, powerless):
    master, slave = pty.openpty()
    try:
        os.chmod(os.ttyname(slave), 0)
        ending = run("meter", "eastron-sdm230", "--serial", os.ttyname(slave), prefix=powerless)
        refused(ending, "BS-IO-02", os.ttyname(slave), "permission")
        ending = run("read", "--profile", "eastron-sdm230", "--serial", os.ttyname(slave), prefix=powerless)
        refused(ending, "BS-IO-02", os.ttyname(slave), "permission")
    finally:
        os.close(slave)
        os.close(master)


def test_no_permission_for_the_folder_of_the_link(run, tmp_path, powerless):
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    refused(run("meter", "eastron-sdm230", "--serial", folder / "meter0", prefix=powerless), "BS-IO-08", "permission")


@pytest.mark.parametrize("profile, twin", [("disc-187.5-rev-5-digit", "eastron-sdm120"), ("smets2-single-element", "eastron-sdm230")])
@pytest.mark.parametrize("where", ["--serial", "--tcp"])
def test_a_meter_without_a_port_names_its_twin(profile, twin, where, run, link):
    ending = run("meter", profile, where, link if where == "--serial" else "127.0.0.1:0")
    assert ending.code == 2 and ending.out == "", ending
    assert f"{profile} has no port to serve; its nearest electronic twin, {twin}, has one" in ending.err
    assert not os.path.lexists(link)
