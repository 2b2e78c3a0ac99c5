"""The carrier simulator's Asterisk: one trunk for the floor, and a hundred ways to answer it. Pure text."""

from __future__ import annotations

from decroche.common.fiction import NATIONAL_PREFIXES
from decroche.telephony.conf_common import MODULES, Instance, common_files, modules_file
from decroche.telephony.simulator_behaviours import BEHAVIOURS, Behaviour
from decroche.telephony.trunk_config import TrunkConfig

TRUNK_USERNAME = "decroche"


def simulator_trunk(
    *, trunk_id: int, sip_port: int, secret: str, channel_limit: int = 90, cps_limit: float = 20
) -> TrunkConfig:
    """The account that the simulator knows. `secret` is `env.secret("simulator_trunk_secret")`."""
    return TrunkConfig(
        id=trunk_id,
        host="127.0.0.1",
        port=sip_port,
        username=TRUNK_USERNAME,
        secret=secret,
        registers=True,
        codecs=("alaw", "ulaw"),
        channel_limit=channel_limit,
        cps_limit=cps_limit,
        number_format="e164",
        simulator=True,
    )


def simulator_files(instance: Instance, trunk_secret: str) -> dict[str, str]:
    """File name → text."""
    return common_files(instance, transmits_silence=True) | {
        "modules.conf": modules_file([*MODULES, "app_dial", "app_originate"]),
        "pjsip.conf": _pjsip(instance, trunk_secret),
        "sorcery.conf": "[res_pjsip]\ncontact=memory\n",
        "extensions.conf": dialplan(),
        "amd.conf": "[general]\n",
    }


def _pjsip(instance: Instance, trunk_secret: str) -> str:
    """Calls are known by their address, as most carriers do it; the registration by its user name and password."""
    return f"""[global]
type=global
user_agent=Decroche-simulator
endpoint_identifier_order=username,ip

[transport-udp]
type=transport
protocol=udp
bind=127.0.0.1:{instance.sip_port}

[{TRUNK_USERNAME}]
type=aor
max_contacts=1
remove_existing=yes
minimum_expiration=30

[{TRUNK_USERNAME}]
type=auth
username={TRUNK_USERNAME}
password={trunk_secret}

[{TRUNK_USERNAME}]
type=endpoint
transport=transport-udp
context=carrier
disallow=all
allow=alaw,ulaw
auth={TRUNK_USERNAME}
aors={TRUNK_USERNAME}
direct_media=no

[floor]
type=endpoint
transport=transport-udp
context=carrier
disallow=all
allow=alaw,ulaw
direct_media=no
trust_id_inbound=yes
language=fr

[floor]
type=identify
endpoint=floor
match=127.0.0.1
"""


def dialplan() -> str:
    return "\n".join([_ENTRY, _callees(), _CALLERS, _SUBROUTINES])


def _numbers() -> str:
    """The fiction blocks, however a trunk writes them; everything else is refused."""
    lines = []
    for prefix in NATIONAL_PREFIXES:
        lines += [
            f"exten => _{prefix}XXXX,1,Goto(callee,${{EXTEN}},1)",
            f"exten => _+33{prefix[1:]}XXXX,1,Goto(callee,0${{EXTEN:3}},1)",
            f"exten => _0033{prefix[1:]}XXXX,1,Goto(callee,0${{EXTEN:4}},1)",
        ]
    return "\n".join(lines)


_ENTRY = f"""[general]
static=yes
writeprotect=yes

[carrier]
{_numbers()}
exten => _[+0-9]!,1,Hangup(21)
"""


def _callees() -> str:
    lines = ["[callee]"]
    for ending, behaviour in sorted(BEHAVIOURS.items()):
        lines += [f"; {ending:02d}: {behaviour.kind}", *_extension(ending, behaviour), ""]
    return "\n".join(lines)


def _extension(ending: int, behaviour: Behaviour) -> list[str]:
    steps = [*_ring(behaviour), *(_answered(behaviour) if behaviour.answers else _refused(behaviour))]
    first, *rest = steps
    return [f"exten => _XXXXXXXX{ending:02d},1,{first}", *(f" same => n,{step}" for step in rest)]


def _ring(behaviour: Behaviour) -> list[str]:
    if behaviour.kind == "no_answer":
        after = behaviour.calls_back_after_s
        will_call = [f"Set(CALLS_BACK=${{EXTEN}}*${{CALLERID(num)}}*{after:g})"] if after is not None else []
        return [*will_call, "Ringing()", "Wait(180)"]
    return ["Ringing()", f"Wait({behaviour.ring_s})"] if behaviour.ring_s else ["NoOp()"]


def _refused(behaviour: Behaviour) -> list[str]:
    announcement = ["Progress()", "Wait(0.3)", "Playback(decroche/unallocated,noanswer)"]
    return [*(announcement if behaviour.kind == "unallocated_announced" else []), f"Hangup({behaviour.q850})"]


def _answered(behaviour: Behaviour) -> list[str]:
    heard = "MixMonitor(,r(heard-${EXTEN}.wav))"
    steps = [f"Set(TIMEOUT(absolute)={behaviour.stays_s + 20})", "Answer()", *([heard] if behaviour.records else [])]
    match behaviour.kind:
        case "person":
            return [*steps, *_conversation(behaviour)]
        case "machine":
            greeting = ["Wait(0.4)", f"Playback(decroche/{behaviour.hello})", "Playback(decroche/machine-beep)"]
            return [*steps, *greeting, f"Wait({behaviour.stays_s})", "Hangup()"]
        case "tone":  # a file: a tone generator and Wait's own silence generator take each other's place
            return [*steps, *["Playback(decroche/tone-440)"] * (behaviour.stays_s // 5), "Hangup()"]
        case "echo":
            # The key # ends it: it is sent back like any other, and must arrive before the end of the call does.
            return [*steps, "Echo()", "Wait(2)", "Hangup()"]
        case "hangs_up_early":
            greeting = ["Wait(0.4)", f"Playback(decroche/{behaviour.hello})"] if behaviour.hello else []
            return [*steps, *greeting, f"Wait({behaviour.stays_s})", "Hangup()"]
        case _:
            return [*steps, f"Wait({behaviour.stays_s})", "Hangup()"]


def _conversation(behaviour: Behaviour) -> list[str]:
    """Says hello, then each line once the agent has spoken; at last listens, says goodbye, hangs up."""
    low = "-low" if behaviour.low else ""
    ends_at_s = behaviour.stays_s - 4
    return [
        f"Set(ENDS_AT=$[${{EPOCH}}+{ends_at_s}])",
        "Wait(0.4)",
        f"Playback(decroche/{behaviour.sound(behaviour.hello)})",
        *(f"Gosub(reply,s,1(decroche/{behaviour.sound(line)}))" for line in behaviour.lines),
        f"Gosub(linger,s,1(decroche/callee-goodbye{low}))",
        "Hangup()",
    ]


_CALLERS = f"""; The caller gave up: who calls back does so in a while, on a channel of its own.
exten => h,1,GotoIf($["${{CALLS_BACK}}" = ""]?over)
 same => n,Set(WHO=${{CUT(CALLS_BACK,*,1)}})
 same => n,Originate(Local/${{CALLS_BACK}}@calls-back/n,exten,caller,${{WHO}},1,180,a)
 same => n(over),NoOp()

[calls-back]
exten => _0.,1,Set(CALLERID(num)=${{CUT(EXTEN,*,1)}})
 same => n,Wait(${{CUT(EXTEN,*,3)}})
 same => n,Dial(PJSIP/${{CUT(EXTEN,*,2)}}@{TRUNK_USERNAME},60)

; What a simulated person says who calls: begins once somebody has spoken. Keeps what it hears.
[caller]
exten => _0XXXXXXXXX,1,Set(TIMEOUT(absolute)=150)
 same => n,MixMonitor(,r(heard-${{EXTEN}}.wav))
 same => n,Set(ENDS_AT=$[${{EPOCH}}+60])
 same => n,Gosub(reply,s,1(decroche/callee-hello-2))
 same => n,Gosub(reply,s,1(decroche/callee-interested))
 same => n,Gosub(linger,s,1(decroche/callee-goodbye))
 same => n,Hangup()
"""

_SUBROUTINES = """; A line, once the other side has spoken and been silent for 0.9 s; after 6 s where it says nothing.
[reply]
exten => s,1,WaitForNoise(120,1,6)
 same => n,WaitForSilence(900,1,20)
 same => n,Wait(0.3)
 same => n,Playback(${ARG1})
 same => n,Return()

; Listens until the end of the call is due, then waits for a silence to say goodbye.
[linger]
exten => s,1,Set(LEFT_S=$[${ENDS_AT}-${EPOCH}])
 same => n,ExecIf($[${LEFT_S}>0]?Wait(${LEFT_S}))
 same => n,WaitForSilence(700,1,5)
 same => n,Playback(${ARG1})
 same => n,Wait(0.5)
 same => n,Return()
"""
