"""One command to Asterisk's own console, over its local socket: for the few facts that ARI does not tell.

Commands are constants of ours, never made of what comes from outside.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from decroche.ari.errors import AriUnavailable

TIMEOUT_S = 3.0


async def run_command(socket_path: Path, command: str) -> str:
    """What the command printed. `AriUnavailable` where nobody answers."""
    folder = None
    try:
        # A socket's address is limited to 107 characters, a folder's depth is not.
        folder = os.open(socket_path.parent, os.O_PATH | os.O_DIRECTORY)
        async with asyncio.timeout(TIMEOUT_S):
            reader, writer = await asyncio.open_unix_connection(f"/proc/self/fd/{folder}/{socket_path.name}")
            try:
                writer.write(b"cli quit after " + command.encode() + b"\0")
                await writer.drain()
                answer = await reader.read()
            finally:
                writer.close()
    except (OSError, TimeoutError) as error:
        raise AriUnavailable(0, f"console: {type(error).__name__}") from error
    finally:
        if folder is not None:
            os.close(folder)
    _, _, printed = answer.decode(errors="replace").partition("\n")  # the first line is the greeting
    return printed
