"""Asterisk's configuration files that the floor's instance and the simulator's have in common.

A file's text is a pure function of `Instance`; `instance.py` writes it. Only the modules that are needed are loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MODULES = """
bridge_holding bridge_softmix chan_bridge_media chan_pjsip
app_amd app_mixmonitor app_playback app_playtones app_record app_stack app_stasis app_waitforsilence app_echo app_while
codec_a_mu codec_alaw codec_g722 codec_opus_open_source codec_resample codec_ulaw
format_pcm format_sln format_wav
func_callerid func_channel func_cut func_global func_hangupcause func_logic func_math func_pjsip_contact
func_pjsip_endpoint func_rand func_strings func_timeout func_volume
pbx_config
res_ari res_ari_applications res_ari_asterisk res_ari_bridges res_ari_channels res_ari_endpoints res_ari_events
res_ari_model res_ari_playbacks res_ari_recordings res_ari_sounds
res_crypto res_format_attr_opus res_http_websocket res_musiconhold res_pjproject
res_pjsip res_pjsip_acl res_pjsip_authenticator_digest res_pjsip_caller_id res_pjsip_dlg_options res_pjsip_dtmf_info
res_pjsip_empty_info res_pjsip_endpoint_identifier_ip res_pjsip_endpoint_identifier_user res_pjsip_header_funcs
res_pjsip_nat res_pjsip_pubsub res_pjsip_outbound_authenticator_digest res_pjsip_outbound_registration res_pjsip_path
res_pjsip_registrar res_pjsip_rfc3326 res_pjsip_sdp_rtp res_pjsip_session res_pjsip_transport_websocket
res_rtp_asterisk res_sorcery_astdb res_sorcery_config res_sorcery_memory res_srtp
res_stasis res_stasis_answer res_stasis_playback res_stasis_recording res_stasis_snoop
res_timing_timerfd res_websocket_client
""".split()  # noqa: SIM905 — read more easily than a hundred quotes


# Not bridge_simple nor bridge_native_rtp: both hand one leg's RTP frames, sequence numbers included, to the other leg.
# When a leg that stays up hears one source after another (customer, music, next one), whatever decodes those frames
# (an agent on Opus, every recording) takes half of the new sources for late packets and drops them: somebody goes deaf.
# The mixing bridge makes frames of its own, for 20 ms. Proof: tests/telephony/test_hearing.py, docs/adr.


@dataclass(frozen=True, slots=True)
class Instance:
    """One Asterisk: where it lies, what it listens on. Every path is absolute."""

    folder: Path
    modules_dir: Path
    data_dir: Path
    """The installation's own: French sounds and music on hold."""
    http_port: int
    sip_port: int
    rtp: tuple[int, int]
    ari_user: str
    ari_password: str

    @property
    def conf_dir(self) -> Path:
        return self.folder / "conf"

    @property
    def spool_dir(self) -> Path:
        return self.folder / "spool"

    @property
    def recording_dir(self) -> Path:
        """Where ARI's `record` writes."""
        return self.spool_dir / "recording"

    @property
    def monitor_dir(self) -> Path:
        """Where MixMonitor writes."""
        return self.spool_dir / "monitor"

    @property
    def own_data_dir(self) -> Path:
        """Sounds: Asterisk's and ours, linked side by side."""
        return self.folder / "data"

    @property
    def run_dir(self) -> Path:
        return self.folder / "run"

    @property
    def log_dir(self) -> Path:
        return self.folder / "log"

    @property
    def db_dir(self) -> Path:
        return self.folder / "db"


def common_files(instance: Instance, *, transmits_silence: bool = False) -> dict[str, str]:
    """File name → text.

    `transmits_silence` stays off on the floor: a silence generator on a lone channel swallows what a bridge says to it.
    """
    return {
        "asterisk.conf": _asterisk(instance, transmits_silence),
        "modules.conf": modules_file(MODULES),
        "logger.conf": _logger(),
        "http.conf": _http(instance),
        "ari.conf": _ari(instance),
        "rtp.conf": _rtp(instance),
        "musiconhold.conf": "[default]\nmode=files\ndirectory=moh\nsort=alpha\n",
        "indications.conf": _INDICATIONS,
        "codecs.conf": "[opus]\ntype=opus\nfec=yes\n",
        "features.conf": "[general]\n",
        "cdr.conf": "[general]\nenable=no\n",
        "cel.conf": "[general]\nenable=no\n",
        "stasis.conf": "[threadpool]\ninitial_size=5\nidle_timeout_sec=20\nmax_size=50\n",
        "ccss.conf": "[general]\n",
        "acl.conf": "",
        "udptl.conf": "[general]\n",
        "dsp.conf": "[default]\nsilencethreshold=256\n",
        "pjproject.conf": "[startup]\nlog_level=2\n"
        "[log_mappings]\ntype=log_mappings\nasterisk_error=0\nasterisk_warning=1\n",
        "manager.conf": "[general]\nenabled=no\n",
        "cli.conf": "",
        "cli_permissions.conf": "[general]\n",
        "sorcery.conf": "",
        "pjsip_notify.conf": "",
        "websocket_client.conf": "",
        "pjsip_wizard.conf": "",
        "res_stun_monitor.conf": "[general]\n",
    }


def _asterisk(instance: Instance, transmits_silence: bool) -> str:
    folders = {
        "astetcdir": instance.conf_dir,
        "astmoddir": instance.modules_dir,
        "astvarlibdir": instance.folder / "lib",
        "astdbdir": instance.db_dir,
        "astkeydir": instance.folder / "lib",
        "astdatadir": instance.own_data_dir,
        "astagidir": instance.folder / "lib",
        "astspooldir": instance.spool_dir,
        "astrundir": _run_dir(instance),
        "astlogdir": instance.log_dir,
        "astsbindir": instance.folder / "lib",
    }
    options = {
        "languageprefix": "yes",
        "defaultlanguage": "fr",
        "documentation_language": "en_US",
        "hideconnect": "yes",
        "transmit_silence": "yes" if transmits_silence else "no",
        "highpriority": "no",
        "nocolor": "yes",
        "live_dangerously": "no",
        "dumpcore": "no",
        "cache_media_frames": "yes",
    }
    return (
        "[directories]\n"  # never `[directories](!)`: that is a template, and ignored
        + "".join(f"{name} = {path}\n" for name, path in folders.items())
        + "\n[options]\n"
        + "".join(f"{name} = {value}\n" for name, value in options.items())
    )


def _run_dir(instance: Instance) -> str:
    """A socket's path has at most 107 characters: below a deeper folder, it is told from the working folder."""
    longest = instance.run_dir / "asterisk.ctl"
    return str(instance.run_dir) if len(str(longest).encode()) <= 107 else instance.run_dir.name


def modules_file(modules: Sequence[str]) -> str:
    return "[modules]\nautoload=no\n" + "".join(f"load = {name}.so\n" for name in modules)


def _logger() -> str:
    """Warnings and worse to standard output, which the supervisor keeps. No phone number is in those."""
    return "[general]\ndateformat=%F %T.%3q\n[logfiles]\nconsole => notice,warning,error\n"


def _http(instance: Instance) -> str:
    return (
        "[general]\nservername=\nenabled=yes\nbindaddr=127.0.0.1\n"
        f"bindport={instance.http_port}\n"
        "sessionlimit=4000\n"  # the default of 100 counts agents' sockets
        "session_inactivity=30000\nsession_keep_alive=120000\nenablestatic=no\nenable_status=no\n"
    )


def _ari(instance: Instance) -> str:
    return (
        "[general]\nenabled=yes\npretty=no\nwebsocket_write_timeout=2000\n"
        f"[{instance.ari_user}]\ntype=user\nread_only=no\npassword_format=plain\npassword={instance.ari_password}\n"
    )


def _rtp(instance: Instance) -> str:
    first, last = instance.rtp
    return f"[general]\nrtpstart={first}\nrtpend={last}\nicesupport=yes\nstrictrtp=yes\nrtpchecksums=no\n"


_INDICATIONS = """[general]
country=fr
[fr]
description = France
ringcadence = 1500,3500
dial = 440
busy = 440/500,0/500
ring = 440/1500,0/3500
congestion = 440/250,0/250
callwaiting = 440/300,0/10000
dialrecall = !350+440/100,!0/100,!350+440/100,!0/100,!350+440/100,!0/100,350+440
record = 1400/500,0/15000
info = !950/330,!1400/330,!1800/330
stutter = !440/100,!0/100,!440/100,!0/100,!440/100,!0/100,!440/100,!0/100,!440/100,!0/100,!440/100,!0/100,440
"""
