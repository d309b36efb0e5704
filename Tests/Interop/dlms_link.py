"""The link of the DLMS meter by another hand: HDLC frames by the gurux-dlms library, wrapper headers by dlms-cosem.

gurux-dlms has a server class, but its Python form of 1.0.203 fails at the first request (it calls methods that it does
not have); its framing, which is what is wanted here, works at both ends.
"""

from dlms_cosem.protocol.wrappers import WrapperHeader
from gurux_dlms.enums import Command, InterfaceType
from gurux_dlms.GXByteBuffer import GXByteBuffer
from gurux_dlms.GXDLMS import GXDLMS
from gurux_dlms.GXDLMSSettings import GXDLMSSettings
from gurux_dlms.GXReplyData import GXReplyData

RESPONSE_LLC = b"\xe6\xe7\x00"


class Wrapped:
    """IEC 62056-47: 8 bytes of header before each PDU."""

    def __init__(self, application):
        self.application, self.buffer = application, b""

    def hear(self, data):
        self.buffer += data
        answers = b""
        while len(self.buffer) >= 8:
            head = WrapperHeader.from_bytes(self.buffer[:8])
            if len(self.buffer) < 8 + head.length:
                break
            pdu, self.buffer = self.buffer[8 : 8 + head.length], self.buffer[8 + head.length :]
            reply = self.application.answer(pdu)
            answers += WrapperHeader(head.destination_wport, head.source_wport, len(reply)).to_bytes() + reply
        return answers


class Framed:
    """HDLC, one frame at a time: window 1, as much information in a frame as was agreed."""

    def __init__(self, application, largest=128):
        self.application, self.largest = application, largest
        self.settings = GXDLMSSettings(True, None)
        self.settings.interfaceType = InterfaceType.HDLC
        self.buffer, self.asked, self.reply = GXByteBuffer(), b"", GXByteBuffer()

    def hear(self, data):
        self.buffer.set(data)
        answers = b""
        while True:
            info = GXReplyData()
            try:
                control = GXDLMS.getHdlcData(True, self.settings, self.buffer, info, None)
            except Exception:  # noqa: BLE001 — a frame with a wrong check is not answered, whatever the library says
                self.buffer.clear()
                return answers
            if not info.complete:
                return answers
            GXDLMS.getDataFromFrame(self.buffer, info, True)
            self.buffer.trim()
            answers += self.frame(control, bytes(info.data.array()), info.isMoreData())

    def frame(self, control, data, more):
        if control & ~0x10 in (Command.SNRM & ~0x10, Command.DISCONNECT_REQUEST & ~0x10):
            return self.connect(control, data)
        if control & 1:  # RR: the next part of a long answer
            return self.next_part(self.settings.getNextSend(False))
        self.asked += data
        if more:
            return bytes(GXDLMS.getHdlcFrame(self.settings, self.settings.getReceiverReady(), None))
        pdu, self.asked = self.asked, b""
        self.reply = GXByteBuffer(RESPONSE_LLC + self.application.answer(pdu))
        return self.next_part(0)

    def next_part(self, control):
        """Gurux counts three bytes less into the first part: room for the LLC, which it believes to add later."""
        return bytes(GXDLMS.getHdlcFrame(self.settings, control, self.reply))

    def connect(self, control, data):
        self.application.release()
        self.asked, self.reply = b"", GXByteBuffer()
        agreed = GXByteBuffer()
        if control & 0x80 and data:
            GXDLMS.parseSnrmUaResponse(GXByteBuffer(data), self.settings.hdlc)
        hdlc = self.settings.hdlc
        hdlc.maxInfoTX, hdlc.maxInfoRX = min(hdlc.maxInfoTX, self.largest), min(hdlc.maxInfoRX, self.largest)
        hdlc.windowSizeTX = hdlc.windowSizeRX = 1
        for tag, value in [(5, hdlc.maxInfoTX), (6, hdlc.maxInfoRX)]:
            agreed.setUInt8(tag)
            GXDLMS.appendHdlcParameter(agreed, value)
        agreed.set(bytes.fromhex("070400000001080400000001"))
        body = bytes(agreed.array())
        return bytes(GXDLMS.getHdlcFrame(self.settings, Command.UA, GXByteBuffer(b"\x81\x80" + bytes([len(body)]) + body)))
