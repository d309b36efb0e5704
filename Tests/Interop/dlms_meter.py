"""A DLMS meter by another hand, for our reader. Its PDUs and its ciphers are those of the dlms-cosem library, its frames
those of gurux-dlms (dlms_link), its objects in dlms_objects.
"""

import os
import socket
import threading
from contextlib import contextmanager

import structlog
from dlms_cosem import enumerations, exceptions, security
from dlms_cosem.dlms_data import OctetStringData, encode_variable_integer
from dlms_cosem.enumerations import AcseServiceUserDiagnostics, AssociationResult, AuthenticationMechanism
from dlms_cosem.protocol import acse, xdlms
from dlms_cosem.protocol.xdlms.conformance import Conformance
from dlms_cosem.utils import parse_as_dlms_data
from dlms_link import Framed, Wrapped
from dlms_objects import Objects

PASSWORD = b"12345678"
TITLE = b"BSX\x00\x00\x00\x12\x34"
KEY, AUTHENTICATION_KEY = bytes(range(16)), bytes(range(0xD0, 0xE0))
#: An exception response: service not allowed, deciphering error.
DECIPHERING_ERROR = bytes([0xD8, 1, 5])
MECHANISMS = {
    "none": AuthenticationMechanism.NONE, "lls": AuthenticationMechanism.LLS, "gmac": AuthenticationMechanism.HLS_GMAC,
}


class Application:
    def __init__(self, mechanism, rows=96, block=1024):
        self.mechanism, self.block = MECHANISMS[mechanism], block
        self.objects = Objects(rows)
        self.counter = 100
        self.release()

    def release(self):
        self.open, self.rest, self.client, self.challenge = False, b"", None, None

    def answer(self, pdu):
        pdu = bytes(pdu)
        tag = pdu[0]
        if tag == 0x60:
            return self.associate(acse.ApplicationAssociationRequest.from_bytes(pdu))
        if tag == 0x62:
            self.release()
            return acse.ReleaseResponse(reason=enumerations.ReleaseResponseReason.NORMAL).to_bytes()
        if tag in (0xC8, 0xCB, 0xDB):
            return self.deciphered(pdu)
        if self.mechanism == AuthenticationMechanism.HLS_GMAC:
            return bytes([0xD8, 1, 2])  # service not allowed: nothing goes in clear
        return self.plain(pdu)

    def associate(self, request):
        self.release()
        mechanism = request.authentication or AuthenticationMechanism.NONE
        refusal = None
        if mechanism != self.mechanism:
            refusal = AcseServiceUserDiagnostics.AUTHENTICATION_MECHANISM_NAME_NOT_RECOGNIZED
        elif mechanism == AuthenticationMechanism.LLS and request.authentication_value != PASSWORD:
            refusal = AcseServiceUserDiagnostics.AUTHENTICATION_FAILED
        if refusal:
            return self.refused(refusal)
        context = xdlms.InitiateResponse(
            negotiated_conformance=Conformance(
                block_transfer_with_get_or_read=True, get=True, selective_access=True, action=True,
                general_protection=request.ciphered,
            ),
            server_max_receive_pdu_size=self.block,
        )
        self.ciphered, self.client = request.ciphered, request.system_title
        self.answering, diagnosis = {}, AcseServiceUserDiagnostics.NULL
        if mechanism == AuthenticationMechanism.HLS_GMAC:
            self.challenge, self.asked = os.urandom(16), request.authentication_value
            diagnosis = AcseServiceUserDiagnostics.AUTHENTICATION_REQUIRED
            self.answering = {"authentication": mechanism, "authentication_value": self.challenge}
        if self.ciphered:
            asked = request.user_information.content
            try:
                plain = self.opened(asked.security_control, asked.invocation_counter, asked.ciphered_text)
            except exceptions.DecryptionError:
                return self.refused(AcseServiceUserDiagnostics.AUTHENTICATION_FAILED)
            size = xdlms.InitiateRequest.from_bytes(plain).client_max_receive_pdu_size
            control, counter, text = self.ciphered_text(context.to_bytes())
            context = xdlms.GlobalCipherInitiateResponse(control, counter, text)
        else:
            size = request.user_information.content.client_max_receive_pdu_size
        self.size = min(size or 0xFFFF, self.block)
        self.open = mechanism != AuthenticationMechanism.HLS_GMAC
        return acse.ApplicationAssociationResponse(
            result=AssociationResult.ACCEPTED, result_source_diagnostics=diagnosis, ciphered=self.ciphered,
            system_title=TITLE if self.ciphered or not self.open else None,
            user_information=acse.UserInformation(content=context), **self.answering,
        ).to_bytes()

    def refused(self, diagnosis):
        return acse.ApplicationAssociationResponse(
            result=AssociationResult.REJECTED_PERMANENT, result_source_diagnostics=diagnosis
        ).to_bytes()

    def opened(self, control, counter, text):
        """What the client ciphered; raises DecryptionError where it did so with another key."""
        return security.decrypt(control, self.client, counter, KEY, text, AUTHENTICATION_KEY)

    def ciphered_text(self, plain):
        control = security.SecurityControlField(0, authenticated=True, encrypted=True)
        self.counter += 1
        return control, self.counter, security.encrypt(control, TITLE, self.counter, KEY, plain, AUTHENTICATION_KEY)

    def deciphered(self, pdu):
        """A request under cipher is answered under the same kind of cipher."""
        general = pdu[0] == 0xDB
        at = 1 + (1 + pdu[1] if general else 0)
        length = pdu[at]
        at += 1 if length < 0x80 else 1 + (length & 0x7F)
        control = security.SecurityControlField.from_bytes(pdu[at : at + 1])
        counter = int.from_bytes(pdu[at + 1 : at + 5], "big")
        try:
            plain = self.opened(control, counter, pdu[at + 5 :])
        except exceptions.DecryptionError:
            return DECIPHERING_ERROR
        reply = self.plain(plain)
        control, counter, text = self.ciphered_text(reply)
        body = control.to_bytes() + counter.to_bytes(4, "big") + text
        head = bytes([0xDB, len(TITLE)]) + TITLE if general else bytes([{0xC4: 0xCC, 0xC7: 0xCF}.get(reply[0], 0xCC)])
        return head + encode_variable_integer(len(body)) + body

    def plain(self, pdu):
        if pdu[0] == 0xC3:
            return self.act(xdlms.ActionRequestFactory.from_bytes(pdu))
        if pdu[0] != 0xC0 or not self.open:
            return bytes([0xD8, 1, 1])
        if pdu[1] == 2:
            return self.part(pdu[2:3], int.from_bytes(pdu[3:7], "big") + 1)
        obis, class_id = ".".join(map(str, pdu[5:11])), int.from_bytes(pdu[3:5], "big")
        try:
            data = self.objects.get(class_id, obis, pdu[11], pdu[13:] if pdu[12] else b"")
        except (IndexError, ValueError):
            return bytes([0xC4, 1, pdu[2], 1, 0x0C])
        if data is None:
            return bytes([0xC4, 1, pdu[2], 1, 4])
        self.rest = data.to_bytes()
        if len(self.rest) + 4 <= self.size:
            return bytes([0xC4, 1, pdu[2], 0]) + self.rest
        return self.part(pdu[2:3], 1)

    def part(self, invoke, number):
        # Under a cipher, head, counter and tag take their room too.
        room = self.size - 12 - (40 if self.ciphered else 0)
        data, self.rest = self.rest[:room], self.rest[room:]
        last = bytes([0 if self.rest else 1])
        return b"\xc4\x02" + invoke + last + number.to_bytes(4, "big") + b"\x00" + encode_variable_integer(len(data)) + data

    def act(self, request):
        """Pass 3 and 4 of the high level: the reader's proof, and ours."""
        if self.challenge is None:
            return bytes([0xC7, 1, 0xC1, 3, 0])
        proof = parse_as_dlms_data(request.data)
        control = security.SecurityControlField(0, authenticated=True)
        words = (KEY, AUTHENTICATION_KEY)
        counter = int.from_bytes(proof[1:5], "big")
        if bytes(proof[5:]) != security.gmac(control, self.client, counter, *words, self.challenge):
            return xdlms.ActionResponseNormal(enumerations.ActionResultStatus.READ_WRITE_DENIED).to_bytes()
        self.open, self.counter = True, self.counter + 1
        ours = control.to_bytes() + self.counter.to_bytes(4, "big")
        ours += security.gmac(control, TITLE, self.counter, *words, self.asked)
        return xdlms.ActionResponseNormalWithData(
            enumerations.ActionResultStatus.SUCCESS, OctetStringData(ours).to_bytes(), request.invoke_id_and_priority
        ).to_bytes()


def serve(server, link, mechanism, rows=96, block=1024, frame=128):
    """One client after another, until the server's socket is closed."""
    while True:
        try:
            client, _ = server.accept()
        except OSError:
            return
        application = Application(mechanism, rows, block)
        station = Wrapped(application) if link == "wrapper" else Framed(application, frame)
        with client:
            while data := client.recv(4096):
                client.sendall(station.hear(data))


@contextmanager
def running(link, mechanism, **options):
    """A meter in a thread of its own; gives its port."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=(server, link, mechanism), kwargs=options, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
