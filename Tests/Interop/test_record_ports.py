"""`backspin record` between readers of other makes and meters that change speed or speak in frames; what was kept is
served back, and the same reader reads the same."""

import time

import pytest

import dlms_clients
import optical_clients
from optical_meters import STILL
from served import at
from test_record import dissected


def witnessed(start, serve, tmp_path, profile, protocol, line, *more):
    """A meter with a witness before it: the witness, its place, its trace."""
    meter = start(profile, "--serial", tmp_path / "meter", *more, *STILL)
    out, here = tmp_path / "p.trace", tmp_path / "here"
    witness = serve("record", "--serial", meter.path, "--line", line, "--protocol", protocol, "--listen", here,
                    "--out", out)
    return witness, str(here), out


def test_a_reader_that_changes_speed_reads_through_a_witness_and_then_from_its_trace(start, serve, run, tmp_path):
    witness, here, out = witnessed(
        start, serve, tmp_path, "iskra-mt174", "iec62056-21", "300 7E1", "--protocol", "iec62056-21")
    for _ in range(2):
        # The second finds the line at 300 baud again.
        with optical_clients.library(here) as client:
            first = optical_clients.readout(client)
            assert client.switchover_baudrate == 9600
        # A meter waits for an acknowledgement at its own speed for 1.5 s: who asks at 300 baud meanwhile is not heard.
        time.sleep(2)
    assert ("1-0:1.8.0*255", "0012345.678", "kWh") in first
    assert witness.end() == 0
    text = out.read_text()
    assert "reader 9600 7E1" in text, "the line followed the dialogue"
    again = tmp_path / "again"
    replay = serve("replay", out, "--serial", again)
    with optical_clients.library(str(again)) as client:
        assert optical_clients.readout(client) == first
    # Ours reads it too, and knows what it said.
    read = run("read", "--serial", again, "--protocol", "iec62056-21")
    assert read.code == 0 and "0012345.678 kWh" in read.out, read
    assert replay.end() == 0
    adopted = run("adopt", out, "--out", tmp_path / "made", "--keep-identifiers")
    assert adopted.code == 0, adopted
    vectors = (tmp_path / "made" / "vectors.csv").read_text()
    for address, value, unit in first:
        assert f",{address}," in vectors and value.strip() in vectors, address


@pytest.mark.parametrize("client", dlms_clients.ALL)
def test_a_frame_reader_reads_through_a_witness_and_then_from_its_trace(client, start, serve, run, tmp_path):
    witness, here, out = witnessed(
        start, serve, tmp_path, "dlms-bench-import-export", "dlms-hdlc", "9600 8N1", "--protocol", "dlms")

    def read(place):
        with dlms_clients.ALL[client](dlms_clients.Door(place)) as reader:
            return reader.register("1.0.1.8.0.255"), reader.register("1.0.2.8.0.255"), reader.objects()

    first = read(here)
    assert first[0] == (12345678, 0, 30)
    assert witness.end() == 0
    # dlms-cosem makes up a new system title for each association: nobody has heard that question before.
    if client != "dlms-cosem":
        replay = serve("replay", out, "--serial", tmp_path / "again")
        assert read(str(tmp_path / "again")) == first
        assert replay.end() == 0
    adopted = run("adopt", out, "--out", tmp_path / "made")
    assert adopted.code == 0, adopted
    vectors = (tmp_path / "made" / "vectors.csv").read_text()
    assert "1-0:1.8.0*255,import,12345678,Wh" in vectors and "1-0:2.8.0*255,export,987654,Wh" in vectors
    assert "note: 7 registers of the object list were not read" in adopted.err, adopted


@pytest.mark.needs("tshark")
@pytest.mark.parametrize("kind", ["wrapper", "hdlc"])
def test_wireshark_opens_a_dlms_capture(kind, start, run, tmp_path):
    place = ["--tcp", "127.0.0.1:0"] if kind == "wrapper" else ["--serial", tmp_path / "meter"]
    meter = start("dlms-bench-import-export", *place, "--protocol", "dlms", *STILL)
    out, capture = tmp_path / "a.trace", tmp_path / "a.pcapng"
    kept = run("record", "--out", out, "--protocol", "dlms", "--registers", "1.8.0", *at(meter))
    assert kept.code == 0, kept
    assert run("trace", out, "--pcapng", capture).code == 0
    if kind == "wrapper":
        rows = dissected(capture, "tcp.dstport", "tcp.payload")
        asked = [data for port, data in rows if port == "4059" and data]
        # Version 1, client 16, server 1, an AARQ.
        assert asked[0].replace(":", "").startswith("000100100001"), asked
        assert asked[0].replace(":", "")[16:18] == "60", asked
    else:
        rows = dissected(capture, "frame.protocols", "frame.len")
        assert rows and all("exported_pdu" in protocols for protocols, _ in rows), rows
