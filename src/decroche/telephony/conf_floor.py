"""The floor's own Asterisk: agents and trunks. Pure text."""

from __future__ import annotations

from collections.abc import Sequence

from decroche.telephony.amd import AMD_VARIABLE, amd_file
from decroche.telephony.conf_common import MODULES, Instance, common_files, modules_file
from decroche.telephony.trunk_config import TrunkConfig

STASIS_APP = "decroche"
AMD_CONTEXT = "decroche-amd"
MACHINE_CONTEXT = "decroche-machine"
AGENTS_CONTEXT = "decroche-agents"
INBOUND_CONTEXT = "decroche-inbound"
TRUNKS_FILE = "pjsip_trunks.conf"
CHANNEL_LOG = "channels.jsonl"
TRUNK_PORT_OFFSET = 4
"""Added to the local SIP port: where real carriers reach us. Only opened when there is a real trunk."""

RELOADED_FOR_TRUNKS = ("res_pjsip.so", "res_pjsip_endpoint_identifier_ip.so", "res_pjsip_outbound_registration.so")


def floor_files(instance: Instance, trunks: Sequence[TrunkConfig]) -> dict[str, str]:
    """File name → text."""
    return common_files(instance) | {
        "pjsip.conf": _pjsip(instance),
        TRUNKS_FILE: trunks_file(trunks, local_sip_port=instance.sip_port),
        "sorcery.conf": _SORCERY,
        "extensions.conf": _EXTENSIONS,
        "amd.conf": amd_file(),
        **channel_log_files(),
    }


def channel_log_files() -> dict[str, str]:
    """What `telephony/channel_log.py` reads. Channel events, not CDRs: those tell of pairs, by their party A."""
    return {
        "modules.conf": modules_file([*MODULES, "res_cdrel_custom", "cel_custom"]),
        "cel.conf": "[general]\nenable=yes\nevents=ANSWER,BRIDGE_ENTER,HANGUP\n",
        # No number, no name, no channel's name but `hangupsource` (a trunk's): nothing of a person.
        "cel_custom.conf": f"[{CHANNEL_LOG}]\nformat=json\nfields=EventType,EventTime,UniqueID,EventExtra\n",
    }


def _pjsip(instance: Instance) -> str:
    return f"""[global]
type=global
user_agent=Decroche
endpoint_identifier_order=username,auth_username,ip
; The browsers' sockets all come from Caddy's address: a trunk at the same address must not swallow them.
unidentified_request_count=20
unidentified_request_period=5
max_initial_qualify_time=2
keep_alive_interval=30

[system]
type=system
timer_t1=500
timer_b=32000

[transport-local]
type=transport
protocol=udp
bind=127.0.0.1:{instance.sip_port}

[transport-ws]
type=transport
protocol=ws
bind=127.0.0.1

; The event source "endpoint:PJSIP" exists only once an endpoint does: a floor without a trunk could not subscribe.
; Nobody can use this one.
[anchor]
type=endpoint
transport=transport-local
context=nobody
disallow=all
allow=alaw
deny=0.0.0.0/0.0.0.0

#include {TRUNKS_FILE}
"""


_SORCERY = """[res_pjsip]
endpoint=config,pjsip.conf,criteria=type=endpoint
endpoint=memory
auth=config,pjsip.conf,criteria=type=auth
auth=memory
aor=config,pjsip.conf,criteria=type=aor
aor=memory
contact=memory
"""

_EXTENSIONS = f"""[general]
static=yes
writeprotect=yes
autofallthrough=yes

; Agents are called, they never call: whatever they dial is refused.
[{AGENTS_CONTEXT}]
exten => _[+0-9A-Za-z*#].,1,Hangup(21)
exten => _[+0-9A-Za-z*#],1,Hangup(21)

; Who calls one of our numbers: the floor answers, or refuses a number that is none of ours. Without a floor he hears
; that nobody is there. Nothing of what the far side sent is evaluated here.
[{INBOUND_CONTEXT}]
exten => _[+0-9A-Za-z].,1,Stasis({STASIS_APP},inbound)
 same => n,GotoIf($["${{STASISSTATUS}}" = "SUCCESS"]?over)
 same => n,Answer()
 same => n,Wait(0.5)
 same => n,Playback(decroche/return-goodbye)
 same => n(over),Hangup()
exten => s,1,Goto(inbound,1)

; Sent here by `continue`, on answer; comes back into the application with `amd,<call id>` and AMDSTATUS set
; (HUMAN, MACHINE, NOTSURE, HANGUP). The channel's id is `call-<call id>`.
[{AMD_CONTEXT}]
exten => s,1,AMD(${{{AMD_VARIABLE}}})
 same => n,Stasis({STASIS_APP},amd,${{UNIQUEID:5}})
 same => n,Hangup()

; A machine that gets a message: its greeting is let finish, then back into the application with `quiet`.
[{MACHINE_CONTEXT}]
exten => s,1,WaitForSilence(1500,1,20)
 same => n,Stasis({STASIS_APP},quiet,${{UNIQUEID:5}})
 same => n,Hangup()
"""


def trunks_file(trunks: Sequence[TrunkConfig], *, local_sip_port: int) -> str:
    """Every value was checked by `TrunkConfig`. The public port is opened only where a trunk needs it."""
    real = [trunk for trunk in trunks if not trunk.simulator]
    transports = [
        _transport(kind, local_sip_port) for kind in ("udp", "tcp", "tls") if kind in {t.transport for t in real}
    ]
    return "\n".join([*transports, *map(_trunk, trunks)]) + "\n"


def _transport(kind: str, local_sip_port: int) -> str:
    port = local_sip_port + TRUNK_PORT_OFFSET + (1 if kind == "tls" else 0)
    lines = [f"[transport-trunk-{kind}]", "type=transport", f"protocol={kind}", f"bind=0.0.0.0:{port}"]
    return "\n".join([*lines, "method=tlsv1_2"] if kind == "tls" else lines) + "\n"


def _trunk(trunk: TrunkConfig) -> str:
    transport = "transport-local" if trunk.simulator else f"transport-trunk-{trunk.transport}"
    uri = f"sip:{trunk.host}:{trunk.port}" + ("" if trunk.transport == "udp" else f"\\;transport={trunk.transport}")
    name = trunk.endpoint
    return "\n".join(
        [
            *_section(
                name,
                type="endpoint",
                transport=transport,
                context=INBOUND_CONTEXT,
                disallow="all",
                allow=",".join(trunk.codecs),
                aors=name,
                **({"outbound_auth": name} if trunk.username else {}),
                **({} if trunk.simulator else {"from_domain": trunk.host}),
                direct_media="no",
                rtp_symmetric="yes",
                force_rport="yes",
                rewrite_contact="yes",
                trust_id_inbound="no",
                trust_id_outbound="yes",
                send_pai="yes",
                send_rpid="no",
                dtmf_mode="auto",
                language="fr",
                rtp_timeout="60",
                allow_transfer="no",
                allow_subscribe="no",
                timers="yes",
            ),
            *_section(name, type="aor", contact=uri, qualify_frequency="30", qualify_timeout="3"),
            *(_section(name, type="auth", username=trunk.username, password=trunk.secret) if trunk.username else []),
            *_section(name, type="identify", endpoint=name, match=f"{trunk.host}"),
            *(_registration(trunk, transport) if trunk.registers else []),
        ]
    )


def _registration(trunk: TrunkConfig, transport: str) -> list[str]:
    ending = "" if trunk.transport == "udp" else f"\\;transport={trunk.transport}"
    return _section(
        trunk.endpoint,
        type="registration",
        transport=transport,
        outbound_auth=trunk.endpoint,
        server_uri=f"sip:{trunk.host}:{trunk.port}{ending}",
        client_uri=f"sip:{trunk.username}@{trunk.host}:{trunk.port}",
        contact_user=trunk.username,
        expiration="300",
        retry_interval="20",
        forbidden_retry_interval="120",
        fatal_retry_interval="120",
        auth_rejection_permanent="no",
        max_retries="1000000",
        max_random_initial_delay="1",
    )


def _section(section: str, /, **fields: str) -> list[str]:
    return [f"[{section}]", *(f"{name}={value}" for name, value in fields.items()), ""]
