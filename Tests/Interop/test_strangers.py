"""The clients and the meters by other hands, against one another: where these agree, a disagreement with us is ours."""

import datetime

import pytest

import dlms_clients
import dlms_meter
import dlms_objects
import optical_clients
from strangers import stranger
from telegrams import TELEGRAMS

UTC = datetime.timezone.utc


@pytest.mark.parametrize("name", ["plain", "historic"])
def test_a_telegram_of_the_replica(name):
    telegram = TELEGRAMS[name]
    with stranger("replica_meter.py", "tcp", name) as port:
        with optical_clients.library(port) as client:
            read = optical_clients.readout(client)
        identification, sets = optical_clients.logger(port)
    for address, digits, unit in telegram.values:
        assert (address, digits, unit or "") in read
    assert f"/{identification}" == telegram.identification.decode()
    logged = [f"{digits}*{unit}" if unit else digits for address, digits, unit in telegram.values if address in dict(sets)]
    assert len(logged) >= 2 and set(logged) <= set(dict(sets).values())


@pytest.mark.parametrize("link", ["wrapper", "hdlc"])
@pytest.mark.parametrize("mechanism", ["none", "lls", "gmac"])
@pytest.mark.parametrize("client", dlms_clients.ALL)
def test_a_read_of_the_dlms_meter(link, mechanism, client):
    rows = [[one[0].replace(tzinfo=UTC), *one[1:]] for one in dlms_objects.Objects(96).rows]
    with dlms_meter.running(link, mechanism, block=300) as port:
        password = dlms_meter.PASSWORD if mechanism == "lls" else b""
        with dlms_clients.ALL[client](dlms_clients.Door(port, link, mechanism, password=password)) as meter:
            assert meter.register(dlms_objects.IMPORT) == (123456789, 0, 30)
            assert (3, dlms_objects.EXPORT) in meter.objects()
            assert meter.by_entry(3, 60) == rows[2:62]
            assert meter.by_range(rows[48][0], rows[50][0]) == rows[48:51]
            assert meter.clock() == rows[-1][0] + datetime.timedelta(minutes=30)


@pytest.mark.parametrize("client", dlms_clients.ALL)
def test_a_wrong_password(client):
    with dlms_meter.running("wrapper", "lls") as port, pytest.raises(dlms_clients.Refused):
        with dlms_clients.ALL[client](dlms_clients.Door(port, "wrapper", "lls", password=b"87654321")):
            pass
