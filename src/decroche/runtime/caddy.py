"""Caddy, the only public door: its configuration, and how to run it so that it writes nothing outside var."""

import json
import ssl
import sysconfig
from ipaddress import ip_address
from pathlib import Path

from decroche.config.env import Env, is_public_name
from decroche.runtime import web_client

IMPORT_LIMIT_MB = 512
"""A million rows of a wide file."""
REQUEST_LIMIT_MB = 26
UNAVAILABLE = (
    "unavailable",
    "Le serveur redémarre : réessayez dans un instant.",
    "The server is starting again: try again in a moment.",
)
"""While web or floor is being started again."""
TOO_LARGE = (
    "too_large",
    f"La demande est trop grande : au plus {REQUEST_LIMIT_MB} Mo, {IMPORT_LIMIT_MB} Mo pour un fichier à importer. "
    "Envoyez-la en plusieurs fois.",
    f"The request is too large: at most {REQUEST_LIMIT_MB} MB, {IMPORT_LIMIT_MB} MB for a file to import. "
    "Send it in several parts.",
)
ENGLISH_FIRST = r"(?i)^\s*(([^ef,\s]|e[^n,]|f[^r,])[^,]*,\s*)*en\b"
"""An Accept-Language in which English comes before any French: browsers list languages by preference."""


def program_path() -> Path:
    """Caddy from its wheel, beside our own interpreter."""
    return Path(sysconfig.get_path("scripts")) / "caddy"


def folder(env: Env) -> Path:
    """Where Caddy keeps its authority and certificates."""
    return env.var / "caddy"


def authority_certificate(env: Env) -> Path:
    """The local network's authority, to be trusted once on each workstation (only with `--host` on a LAN)."""
    return folder(env) / "pki" / "authorities" / "local" / "root.crt"


def environ(env: Env) -> dict[str, str]:
    """Its whole environment."""
    home = str(folder(env))
    return {"HOME": home, "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home, "PATH": "/usr/bin:/bin"}


def write_config(env: Env) -> Path:
    """Render var/caddy/Caddyfile; returns it."""
    path = folder(env) / "Caddyfile"
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(render(env), encoding="utf-8")
    draft.replace(path)
    return path


def answers(env: Env) -> bool:
    """Whether the front end comes through the door that people use."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # our own authority, on our own machine
    scheme = "https" if env.is_https else "http"
    status, _ = web_client.get(
        f"{scheme}://127.0.0.1:{env.public_port}/", host=env.host or "localhost", context=context
    )
    return status == 200


def content_security_policy(env: Env) -> str:
    """Our own scripts only; inline styles because Mantine sets them; sockets to ourselves; recordings as blobs."""
    sockets = " ".join(origin.replace("http", "ws", 1) for origin in env.origins)
    return "; ".join(
        [
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "media-src 'self' blob:",
            "font-src 'self'",
            f"connect-src 'self' {sockets}",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


def render(env: Env) -> str:
    """The Caddyfile. Every word in it comes from `Env`, and is quoted."""
    return _TEMPLATE.format(
        globals=_globals(env),
        site=_site(env),
        tls=_tls(env),
        storage=json.dumps(str(folder(env))),
        dist=json.dumps(str(env.frontend_dist), ensure_ascii=False),
        csp=json.dumps(content_security_policy(env)),
        hsts='Strict-Transport-Security "max-age=31536000"' if is_public_name(env.host) else "",
        authority=_authority(env),
        web=f"127.0.0.1:{env.web_port}",
        floor=f"127.0.0.1:{env.floor_port}",
        asterisk=f"127.0.0.1:{env.asterisk_http_port}",
        import_limit=f"{IMPORT_LIMIT_MB}MB",
        request_limit=f"{REQUEST_LIMIT_MB}MB",
        too_large=_refusal(TOO_LARGE),
        unavailable=_refusal(UNAVAILABLE),
        english=f"`{ENGLISH_FIRST}`",
    )


def _refusal(words: tuple[str, str, str]) -> str:
    """Our API's own shape of an error, in French, or English where it is liked better than French."""
    code, *sentences = words
    french, english = (
        json.dumps({"error": {"code": code, "message": one, "facts": {}, "fields": {}}}, ensure_ascii=False)
        for one in sentences
    )
    return f"respond @english `{english}`\n\t\t\trespond `{french}`"


def _site(env: Env) -> str:
    if not env.host:
        return f"http://localhost:{env.port}, http://127.0.0.1:{env.port}, http://[::1]:{env.port}"
    name = f"[{env.host}]" if ":" in env.host else env.host
    return f"https://{name}:{env.public_port}"


def _globals(env: Env) -> str:
    if not env.host:
        return "auto_https off"
    redirects = "" if is_public_name(env.host) else "auto_https disable_redirects\n\tskip_install_trust"
    # A browser that opens an address instead of a name says no server name in the handshake.
    return f"{redirects}\n\tdefault_sni {env.host}" if _is_address(env.host) else redirects


def _tls(env: Env) -> str:
    if not env.host:
        return "bind 127.0.0.1 ::1" if _has_ipv6() else "bind 127.0.0.1"
    return "" if is_public_name(env.host) else "tls internal"


def _authority(env: Env) -> str:
    if not env.host or is_public_name(env.host):
        return ""
    return _AUTHORITY.format(folder=json.dumps(str(authority_certificate(env).parent), ensure_ascii=False))


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _has_ipv6() -> bool:
    table = Path("/proc/net/if_inet6")
    return table.exists() and any(line.split()[-1:] == ["lo"] for line in table.read_text().splitlines())


_AUTHORITY = """
	handle /authority.crt {{
		rewrite * /root.crt
		root * {folder}
		header Content-Type application/x-x509-ca-cert
		file_server
	}}
"""

_TEMPLATE = """# Rendered at each start: change decroche/runtime/caddy.py instead.
{{
	admin off
	persist_config off
	storage file_system {storage}
	{globals}
	log {{
		level WARN
	}}
	servers {{
		timeouts {{
			read_header 10s
			idle 5m
		}}
	}}
}}

{site} {{
	{tls}
	encode zstd gzip
	header {{
		Content-Security-Policy {csp}
		X-Content-Type-Options nosniff
		X-Frame-Options DENY
		Referrer-Policy no-referrer
		Permissions-Policy "microphone=(self), speaker-selection=(self), camera=(), geolocation=(), payment=(), usb=()"
		Cross-Origin-Opener-Policy same-origin
		{hsts}
		-Server
	}}

	@imports path /api/imports /api/imports/* /api/v1/imports
	request_body @imports {{
		max_size {import_limit}
	}}
	@others not path /api/imports /api/imports/* /api/v1/imports
	request_body @others {{
		max_size {request_limit}
	}}

	handle /api/* {{
		header ?Cache-Control no-store
		reverse_proxy {web}
	}}
	handle /admin-files/* {{
		reverse_proxy {web}
	}}
	handle /floor/* {{
		reverse_proxy {floor}
	}}
	handle /sip {{
		rewrite * /ws
		reverse_proxy {asterisk}
	}}
{authority}
	root * {dist}
	@asset {{
		path /assets/*
		file
	}}
	handle @asset {{
		header Cache-Control "public, max-age=31536000, immutable"
		file_server
	}}
	handle /assets/* {{
		respond 404
	}}
	handle {{
		header Cache-Control no-cache
		try_files {{path}} /index.html
		file_server {{
			hide .*
		}}
	}}

	handle_errors {{
		@english header_regexp Accept-Language {english}
		@large expression {{err.status_code}} == 413
		handle @large {{
			header Content-Type application/json
			{too_large}
		}}
		@api path /api/* /floor/*
		handle @api {{
			header Content-Type application/json
			{unavailable}
		}}
		respond "{{err.status_code}} {{err.status_text}}"
	}}
}}
"""
