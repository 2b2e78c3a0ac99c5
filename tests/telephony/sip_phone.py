"""The smallest SIP phone: registers with a password, answers what calls it, sends and hears no audio of note.

Over UDP (a desk phone) or WebSocket (what a browser's softphone does, without the media). Enough to be an agent's leg.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from websockets.asyncio.client import ClientConnection, connect

Headers = dict[str, str]


@dataclass
class Message:
    """A request or an answer; header names in lower case, Via and Record-Route joined."""

    start: str
    headers: Headers
    body: str = ""

    @property
    def status(self) -> int:
        return int(self.start.split()[1]) if self.start.startswith("SIP/2.0") else 0

    @property
    def method(self) -> str:
        return "" if self.status else self.start.split()[0]


def parse(text: str) -> Message:
    head, _, body = text.partition("\r\n\r\n")
    start, *lines = head.split("\r\n")
    headers: Headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        key = name.strip().lower()
        headers[key] = f"{headers[key]},{value.strip()}" if key in headers else value.strip()
    return Message(start, headers, body)


def digest(challenge: str, user: str, password: str, method: str, uri: str) -> str:
    facts = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge.partition(" ")[2]))
    one = hashlib.md5(f"{user}:{facts['realm']}:{password}".encode()).hexdigest()
    two = hashlib.md5(f"{method}:{uri}".encode()).hexdigest()
    if "qop" in facts:
        answer = hashlib.md5(f"{one}:{facts['nonce']}:00000001:abcd:auth:{two}".encode()).hexdigest()
        extra = ', qop=auth, nc=00000001, cnonce="abcd"'
    else:
        answer, extra = hashlib.md5(f"{one}:{facts['nonce']}:{two}".encode()).hexdigest(), ""
    opaque = f', opaque="{facts["opaque"]}"' if "opaque" in facts else ""
    return (
        f'Digest username="{user}", realm="{facts["realm"]}", nonce="{facts["nonce"]}", uri="{uri}", '
        f'response="{answer}", algorithm=MD5{extra}{opaque}'
    )


@dataclass
class SipPhone:
    """Made by `udp_phone` or `ws_phone`."""

    user: str
    password: str
    transport: str
    contact_host: str
    send: Callable[[str], Awaitable[None]]
    answers: asyncio.Queue[Message] = field(default_factory=asyncio.Queue)
    rtp_port: int = 0
    dialog: Message | None = None
    tag: str = field(default_factory=lambda: secrets.token_hex(4))
    call_id: str = field(default_factory=lambda: secrets.token_hex(8))
    sequence: int = 0
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def contact(self) -> str:
        return f"<sip:{self.user}@{self.contact_host};transport={self.transport}>"

    async def register(self, expires_s: int = 60) -> int:
        """The final status of it."""
        answer = await self._register_once(expires_s, "")
        if answer.status == 401:
            key = digest(answer.headers["www-authenticate"], self.user, self.password, "REGISTER", "sip:127.0.0.1")
            answer = await self._register_once(expires_s, f"Authorization: {key}\r\n")
        return answer.status

    async def _register_once(self, expires_s: int, authorization: str) -> Message:
        return await self._request("REGISTER", "sip:127.0.0.1", f"{authorization}Expires: {expires_s}\r\n")

    async def dial(self, number: str) -> int:
        """The final status of calling out, which agents may not do."""
        uri = f"sip:{number}@127.0.0.1"
        sdp = self._sdp()
        answer = await self._request("INVITE", uri, "Content-Type: application/sdp\r\n", sdp)
        if answer.status == 401:
            key = digest(answer.headers["www-authenticate"], self.user, self.password, "INVITE", uri)
            extra = f"Authorization: {key}\r\nContent-Type: application/sdp\r\n"
            answer = await self._request("INVITE", uri, extra, sdp)
        return answer.status

    async def _request(self, method: str, uri: str, extra: str, body: str = "") -> Message:
        self.sequence += 1
        to = f"sip:{self.user}@127.0.0.1" if method == "REGISTER" else uri
        await self.send(
            f"{method} {uri} SIP/2.0\r\n"
            f"Via: SIP/2.0/{self.transport.upper()} {self.contact_host};branch=z9hG4bK{secrets.token_hex(6)};rport\r\n"
            f"Max-Forwards: 70\r\nFrom: <sip:{self.user}@127.0.0.1>;tag={self.tag}\r\nTo: <{to}>\r\n"
            f"Call-ID: {self.call_id}\r\nCSeq: {self.sequence} {method}\r\nContact: {self.contact}\r\n"
            f"{extra}Content-Length: {len(body)}\r\n\r\n{body}"
        )
        async with asyncio.timeout(30):
            while True:
                answer = await self.answers.get()
                if answer.status >= 200 and answer.headers.get("cseq") == f"{self.sequence} {method}":
                    return answer

    def received(self, text: str) -> None:
        message = parse(text)
        if message.status:
            self.answers.put_nowait(message)
        elif message.method == "INVITE":
            self.dialog = message
            self._later(self._reply(message, "200 OK", self._sdp()))
        elif message.method in ("BYE", "CANCEL"):
            self.ended.set()
            self._later(self._reply(message, "200 OK"))
        elif message.method != "ACK":
            self._later(self._reply(message, "200 OK"))

    def _later(self, work: Awaitable[None]) -> None:
        self._task = asyncio.ensure_future(work)

    async def _reply(self, request: Message, status: str, body: str = "") -> None:
        copied = "".join(
            f"{name.title()}: {value}\r\n"
            for name in ("via", "from", "call-id", "cseq", "record-route")
            if (value := request.headers.get(name))
        )
        to = request.headers["to"] + ("" if "tag=" in request.headers["to"] else f";tag={self.tag}")
        kind = "Content-Type: application/sdp\r\n" if body else ""
        await self.send(
            f"SIP/2.0 {status}\r\n{copied}To: {to}\r\nContact: {self.contact}\r\n{kind}"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        )

    def _sdp(self) -> str:
        return (
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            f"m=audio {self.rtp_port} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=sendrecv\r\n"
        )


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, on_text: Callable[[str], None]) -> None:
        self.on_text = on_text

    def datagram_received(self, data: bytes, addr: object) -> None:
        if data.strip():
            self.on_text(data.decode())


async def udp_phone(user: str, password: str, port: int) -> tuple[SipPhone, asyncio.DatagramTransport]:
    """`port` is Asterisk's. Close the transport when done."""
    loop = asyncio.get_running_loop()
    phones: list[SipPhone] = []
    transport, _ = await loop.create_datagram_endpoint(
        lambda: _Datagrams(lambda text: phones[0].received(text)), remote_addr=("127.0.0.1", port)
    )
    media, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, local_addr=("127.0.0.1", 0))
    host, own_port = transport.get_extra_info("sockname")

    async def send(text: str) -> None:
        transport.sendto(text.encode())

    phone = SipPhone(user, password, "udp", f"{host}:{own_port}", send)
    phone.rtp_port = media.get_extra_info("sockname")[1]
    phones.append(phone)
    return phone, transport


async def ws_phone(user: str, password: str, http_port: int) -> tuple[SipPhone, ClientConnection]:
    """`http_port` is Asterisk's. Close the connection when done."""
    socket = await connect(f"ws://127.0.0.1:{http_port}/ws", subprotocols=["sip"])  # type: ignore[list-item]
    phone = SipPhone(user, password, "ws", f"{secrets.token_hex(6)}.invalid", socket.send)

    async def read() -> None:
        async for text in socket:
            phone.received(text if isinstance(text, str) else text.decode())

    phone.reader = asyncio.create_task(read())  # type: ignore[attr-defined]
    return phone, socket
