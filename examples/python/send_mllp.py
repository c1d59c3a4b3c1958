"""Sends one HL7 v2 message over MLLP and prints the acknowledgement.

usage: send_mllp.py HOST:PORT FILE

Exits with 0 if MSA-1 is AA (or CA) and MSA-2 is the control id that was sent, with 1 otherwise.
Lines of the file may end in LF or CRLF; HL7 segments end in CR.
"""

import socket
import sys

START, END = b"\x0b", b"\x1c\r"
TIMEOUT_SECONDS = 30


def field(message: bytes, segment: bytes, number: int) -> bytes:
    """A field of the first segment of that name; MSH-1 is the separator itself."""
    for line in message.split(b"\r"):
        if line.startswith(segment):
            fields = line.split(message[3:4])
            index = number - 1 if segment == b"MSH" else number
            return fields[index] if index < len(fields) else b""
    return b""


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    host, _, port = sys.argv[1].rpartition(":")
    with open(sys.argv[2], "rb") as file:
        message = file.read().replace(b"\r\n", b"\r").replace(b"\n", b"\r").strip(b"\r") + b"\r"

    with socket.create_connection((host, int(port)), timeout=TIMEOUT_SECONDS) as connection:
        connection.sendall(START + message + END)
        answer = b""
        while END not in answer:
            received = connection.recv(65536)
            if not received:
                print("the connection was closed without an answer: send it again", file=sys.stderr)
                return 1
            answer += received
    answer = answer[answer.index(START) + 1 : answer.index(END)]
    print(answer.replace(b"\r", b"\n").decode("utf-8", "replace").strip())
    mine = field(answer, b"MSA", 2) == field(message, b"MSH", 10)
    return 0 if mine and field(answer, b"MSA", 1) in (b"AA", b"CA") else 1


if __name__ == "__main__":
    sys.exit(main())
