"""Becomes another program: drops root, ties its life to its parent's, then execs. A script of the stdlib alone.

    python -I -S launch.py --parent PID --death-signal N [--uid U --gid G [--reach] [--low-ports]] -- PROGRAM ARGUMENT…

Rather than a `preexec_fn`, so that nothing of ours runs between fork and exec of a threaded process. `--reach` keeps
the one capability that lets an unprivileged program walk through folders closed to it (a checkout below /root, mode
0700).
"""

import ctypes
import os
import sys
from itertools import pairwise

PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 1, 8, 38, 47, 2
PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP = 28, 1 << 2
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_NET_BIND_SERVICE = 1, 2, 10
CAPABILITY_VERSION_3 = 0x20080522

libc = ctypes.CDLL(None, use_errno=True)


class CapHeader(ctypes.Structure):
    """`struct __user_cap_header_struct`."""

    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class CapData(ctypes.Structure):
    """`struct __user_cap_data_struct`, one for each 32 capabilities."""

    _fields_ = [("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32)]


def _check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def _permitted() -> int:
    header, data = CapHeader(CAPABILITY_VERSION_3, 0), (CapData * 2)()
    _check(libc.capget(ctypes.byref(header), data), "capget")
    return int(data[0].permitted) | int(data[1].permitted) << 32


def _keep_only(capabilities: list[int]) -> None:
    header, data = CapHeader(CAPABILITY_VERSION_3, 0), (CapData * 2)()
    bits = sum(1 << capability for capability in capabilities)
    data[0] = CapData(bits, bits, bits)
    _check(libc.capset(ctypes.byref(header), data), "capset")
    for capability in capabilities:
        _check(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0), "ambient capability")


def become(uid: int, gid: int, *, reach: bool, low_ports: bool) -> None:
    """Give up root for good, but for what is asked for and what this system grants."""
    held = _permitted()
    # Containers usually withhold the read-only capability and grant the wider one.
    wanted = ([(CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE)] if reach else []) + (
        [(CAP_NET_BIND_SERVICE,)] if low_ports else []
    )
    kept = [next((one for one in choices if held >> one & 1), None) for choices in wanted]
    capabilities = [one for one in kept if one is not None]
    if capabilities:
        _check(libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0), "keep capabilities")
        # Without it access(2), with which initdb looks for its own programs, would not count the capability. Where the
        # system withholds it, opening files works all the same.
        libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    if capabilities:
        _keep_only(capabilities)
    _check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no new privileges")


def main(argv: list[str]) -> None:
    """Parse, become, exec; only returns by raising."""
    split = argv.index("--")
    options, program = argv[:split], argv[split + 1 :]
    values = {name: int(value) for name, value in pairwise(options) if value.isdigit()}
    if "--uid" in values:
        become(values["--uid"], values["--gid"], reach="--reach" in options, low_ports="--low-ports" in options)
    # After the change of user, which clears it; then the parent may have died in between.
    _check(libc.prctl(PR_SET_PDEATHSIG, values["--death-signal"], 0, 0, 0), "death signal")
    if os.getppid() != values["--parent"]:
        sys.exit(1)
    os.execvp(program[0], program)  # noqa: S606 - a fixed list of words, from the supervisor


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except OSError as error:
        sys.stderr.write(f"{sys.argv[-1] if len(sys.argv) < 2 else ' '.join(sys.argv[1:])}: {error}\n")
        sys.exit(126)
