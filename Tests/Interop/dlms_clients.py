"""DLMS clients by other hands, each over a place: a pty's path (HDLC at 9600 8N1), or a TCP port (HDLC or wrapper).

Both give the same plain answers, so that one test may drive either: objects, register, clock, by_range, by_entry.
"""

import datetime
from dataclasses import dataclass

import structlog
from dlms_cosem import cosem, enumerations
from dlms_cosem.client import DlmsClient
from dlms_cosem.connection import DlmsConnectionSettings
from dlms_cosem.cosem.capture_object import CaptureObject
from dlms_cosem.cosem.selective_access import RangeDescriptor
from dlms_cosem.dlms_data import DataStructure, DoubleLongUnsignedData, IntegerData, UnsignedLongData
from dlms_cosem.io import BlockingTcpIO, HdlcTransport, SerialIO, TcpTransport
from dlms_cosem.security import (
    HighLevelSecurityGmacAuthentication, LowLevelSecurityAuthentication, NoSecurityAuthentication,
)
from dlms_cosem.time import datetime_from_bytes
from dlms_cosem.utils import parse_as_dlms_data
from gurux_dlms import GXByteBuffer, GXDLMSException, GXReplyData
from gurux_dlms.enums import Authentication, InterfaceType, ObjectType, Security
from gurux_dlms.objects import (
    GXDLMSClock, GXDLMSData, GXDLMSDisconnectControl, GXDLMSProfileGeneric, GXDLMSRegister,
)
from gurux_dlms.secure import GXDLMSSecureClient
from optical_clients import MODE_C, Port

structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))

ASSOCIATION, CLOCK, PROFILE = "0.0.40.0.0.255", "0.0.1.0.0.255", "1.0.99.1.0.255"
SUPPLY = "0.0.96.3.10.255"


@dataclass
class Door:
    """How a meter wants to be spoken to."""

    place: object
    link: str = "hdlc"
    mechanism: str = "none"
    client: int = 16
    server: int = 1
    password: bytes = b""
    title: bytes = b"BSC\x00\x00\x00\x00\x01"
    key: bytes = bytes(range(16))
    authentication_key: bytes = bytes(range(0xD0, 0xE0))
    counter: int = 1
    #: Whether HDLC begins with the sign-on of IEC 62056-21 mode E.
    signs_on: bool = False


class Refused(Exception):
    """The meter said no."""


class Gurux:
    """gurux-dlms, as its own example drives it."""

    MECHANISMS = {"none": Authentication.NONE, "lls": Authentication.LOW, "gmac": Authentication.HIGH_GMAC}

    def __init__(self, door):
        kind = InterfaceType.WRAPPER if door.link == "wrapper" else InterfaceType.HDLC
        self.client = GXDLMSSecureClient(
            True, door.client, door.server, self.MECHANISMS[door.mechanism], door.password or None, kind
        )
        if door.mechanism == "gmac":
            cipher = self.client.ciphering
            cipher.security = Security.AUTHENTICATION_ENCRYPTION
            cipher.systemTitle = door.title
            cipher.blockCipherKey, cipher.authenticationKey = bytearray(door.key), bytearray(door.authentication_key)
            cipher.invocationCounter = door.counter
        self.port = sign_on(door.place) if door.signs_on else Port(door.place, 9600, 8, "N")
        self.framed = kind == InterfaceType.HDLC

    def __enter__(self):
        try:
            self.connect()
        except BaseException:
            self.port.close()
            raise
        return self

    def __exit__(self, *_):
        try:
            if not self.framed:
                self.ask(self.client.releaseRequest())
            elif (goodbye := self.client.disconnectRequest()) is not None:
                self.ask([goodbye])
        finally:
            self.port.close()

    def connect(self):
        hello = self.client.snrmRequest()
        if hello is not None:
            self.client.parseUAResponse(self.ask([hello]).data)
        try:
            self.client.parseAareResponse(self.ask(self.client.aarqRequest()).data)
            if self.client.authentication > Authentication.LOW:
                self.client.parseApplicationAssociationResponse(
                    self.ask(self.client.getApplicationAssociationRequest()).data
                )
        except (GXDLMSException, ValueError) as error:
            raise Refused(str(error)) from error

    def ask(self, messages):
        """Sends messages and gathers the whole answer: all frames, all blocks."""
        reply = GXReplyData()
        for message in messages:
            reply.clear()
            self.exchange(message, reply)
            while reply.isMoreData():
                self.exchange(self.client.receiverReady(reply), reply)
        return reply

    def exchange(self, message, reply):
        self.port.write(bytes(message))
        came = GXByteBuffer()
        while True:
            came.set(self.frame() if self.framed else self.port.read(4096))
            if self.client.getData(came, reply, GXReplyData()):
                break
        if reply.error:
            raise Refused(GXDLMSException(reply.error))

    def frame(self):
        """To the next flag: a pty gives single characters."""
        return self.port.until(b"\x7e")

    def get(self, thing, attribute):
        reply = self.ask(self.client.read(thing, attribute))
        return self.client.updateValue(thing, attribute, reply.value)

    def objects(self):
        listed = self.client.parseObjects(self.ask([self.client.getObjectsRequest()]).data)
        return {(int(one.objectType), one.logicalName) for one in listed}

    def register(self, obis):
        """(raw value, scaler, unit): the product that gurux makes of the first two is a float."""
        thing = GXDLMSRegister(obis)
        self.get(thing, 3)
        raw = self.ask(self.client.read(thing, 2)).value
        return raw, round_log(thing.scaler), int(thing.unit)

    def data(self, obis):
        return self.ask(self.client.read(GXDLMSData(obis), 2)).value

    def switch(self, method):
        """1 opens the supply's switch, 2 closes it."""
        thing = GXDLMSDisconnectControl(SUPPLY)
        self.ask(thing.remoteDisconnect(self.client) if method == 1 else thing.remoteReconnect(self.client))

    def supply(self):
        """Output state, and control state as class 70 numbers it."""
        thing = GXDLMSDisconnectControl(SUPPLY)
        return self.get(thing, 2), int(self.get(thing, 3))

    def clock(self):
        """The clock in UTC."""
        when = self.get(GXDLMSClock(CLOCK), 2)
        return when.value.astimezone(datetime.timezone.utc)

    def profile(self):
        thing = GXDLMSProfileGeneric(PROFILE)
        self.get(thing, 3)
        return thing

    def rows(self, thing, messages):
        reply = self.ask(messages)
        self.client.updateValue(thing, 2, reply.value)
        return [[one[0].value.astimezone(datetime.timezone.utc), *one[1:]] for one in thing.buffer]

    def by_range(self, begin, end):
        thing = self.profile()
        return self.rows(thing, self.client.readRowsByRange(thing, begin, end))

    def by_entry(self, first, count):
        thing = self.profile()
        return self.rows(thing, self.client.readRowsByEntry(thing, first, count))


def sign_on(place):
    """IEC 62056-21 mode E: from 300 baud 7E1 into HDLC, 8N1 at the speed that the meter offers."""
    port = Port(place)
    port.write(b"/?!\r\n")
    identification = port.until(b"\n")
    offered = identification[4:5]
    wanted = b"\x062" + offered + b"2\r\n"
    port.write(wanted)
    echo = port.until(b"\n")
    if echo != wanted:
        raise Refused(f"{identification!r} goes on with {echo!r}")
    if port.serial:
        port.serial.parity, port.serial.bytesize = "N", 8
    port.tune(MODE_C[offered.decode()])
    return port


def round_log(scale):
    """The power of ten that gurux made of a scaler."""
    return len(str(round(scale))) - 1 if scale >= 1 else -(len(str(round(1 / scale))) - 1)


class EntryDescriptor:
    """Access by entry: that of dlms-cosem 25.1.0 has no bytes."""

    def __init__(self, first, last):
        self.first, self.last = first, last

    def to_bytes(self):
        return b"\x02" + DataStructure([
            DoubleLongUnsignedData(self.first), DoubleLongUnsignedData(self.last), UnsignedLongData(1), UnsignedLongData(0),
        ]).to_bytes()


class FlaggedTransport(HdlcTransport):
    """HDLC of dlms-cosem 25.1.0, which takes the end of a frame whose check ends with 7E for the beginning of the next,
    and waits for ever. There is no beginning while a frame is under way."""

    def recv_frame(self):
        came = self.io.recv_until(b"\x7e")
        return came if self.hdlc_connection.buffer or came != b"\x7e" else came + self.io.recv_until(b"\x7e")


class Cosem:
    """dlms-cosem."""

    def __init__(self, door):
        if isinstance(door.place, int):
            line = BlockingTcpIO("127.0.0.1", door.place, timeout=6)
        else:
            line = SerialIO(door.place, 9600, timeout=6)
        transport = (TcpTransport if door.link == "wrapper" else FlaggedTransport)(door.client, door.server, line)
        proofs = {
            "none": NoSecurityAuthentication, "gmac": HighLevelSecurityGmacAuthentication,
            "lls": lambda: LowLevelSecurityAuthentication(door.password),
        }
        keys = {}
        if door.mechanism == "gmac":
            keys = {
                "encryption_key": door.key, "authentication_key": door.authentication_key,
                "client_system_title": door.title, "client_initial_invocation_counter": door.counter,
            }
        # Its reader of a release response stumbles over one under cipher: HDLC says goodbye by DISC, TCP by closing.
        settings = DlmsConnectionSettings(use_rlrq_rlre=door.mechanism != "gmac")
        self.client = DlmsClient(transport, proofs[door.mechanism](), connection_settings=settings, **keys)

    def __enter__(self):
        self.client.connect()
        try:
            self.client.associate()
        except Exception as error:
            self.client.transport.io.disconnect()
            raise Refused(str(error)) from error
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            self.client.release_association()
            self.client.disconnect()
        else:
            self.client.transport.io.disconnect()

    def get(self, class_id, obis, attribute, access=None):
        what = cosem.CosemAttribute(enumerations.CosemInterface(class_id), cosem.Obis.from_string(obis), attribute)
        try:
            return parse_as_dlms_data(self.client.get(what, access))
        except Exception as error:
            raise Refused(str(error)) from error

    def objects(self):
        return {(one[0], ".".join(map(str, one[2]))) for one in self.get(15, ASSOCIATION, 2)}

    def register(self, obis):
        scaler, unit = self.get(3, obis, 3)
        return self.get(3, obis, 2), scaler, unit

    def data(self, obis):
        return self.get(1, obis, 2)

    def switch(self, method):
        what = cosem.CosemMethod(enumerations.CosemInterface.DISCONNECT_CONTROL, cosem.Obis.from_string(SUPPLY), method)
        self.client.action(what, IntegerData(0).to_bytes())

    def supply(self):
        return self.get(70, SUPPLY, 2), self.get(70, SUPPLY, 3)

    def clock(self):
        return utc(self.get(8, CLOCK, 2))

    def rows(self, access):
        rows = self.get(7, PROFILE, 2, access)
        return [[utc(one[0]), *one[1:]] for one in rows]

    def by_range(self, begin, end):
        clock = cosem.CosemAttribute(enumerations.CosemInterface.CLOCK, cosem.Obis.from_string(CLOCK), 2)
        return self.rows(RangeDescriptor(CaptureObject(clock), begin, end))

    def by_entry(self, first, count):
        return self.rows(EntryDescriptor(first, first + count - 1))


def utc(stamp):
    return datetime_from_bytes(bytes(stamp))[0].astimezone(datetime.timezone.utc)


ALL = {"gurux-dlms": Gurux, "dlms-cosem": Cosem}
