"""Logging in by the office's own login server (OpenID Connect), through Streamlit's own login.

Streamlit keeps what the login server said in a signed cookie and in the session; here it is looked at anew whenever
something is read or done, so that a login that is over or lay unused, or a role that was taken away, ends at once in
every tab.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import lru_cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.requests import HTTPConnection
from streamlit import auth_util, runtime
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from kkb import config, log, peran, sesi
from kkb.bahasa import _
from kkb.errors import KkbError
from kkb.peran import Person
from kkb.rupa import strong
from kkb.teks import literal, one_line

LOCAL = ("localhost", "127.0.0.1", "::1")
SECRET = 32
"""So many characters the secret that signs cookies has at least."""
NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")
_log = logging.getLogger("kkb")


def configured() -> bool:
    """Whether a login is set up, well or badly: then only those logged in may change data."""
    return bool(auth_util.get_secrets_auth_section())


def complaint() -> str | None:
    """What is wrong with the setup of the login; None when nothing is, or there is none."""
    section = auth_util.get_secrets_auth_section()
    if not section:
        return None
    missing = [name for name in NEEDED if not section.get(name)]
    if missing:
        return _("Bagian [auth] di secrets.toml belum memuat {names}.").format(names=", ".join(missing))
    if len(str(section["cookie_secret"])) < SECRET:
        return _("cookie_secret di secrets.toml terlalu pendek; gunakan paling sedikit {n} karakter acak.").format(
            n=SECRET
        )
    for name in ("redirect_uri", "server_metadata_url"):
        address = urlsplit(str(section[name]))
        if address.scheme != "https" and address.hostname not in LOCAL:
            return _("{name} di secrets.toml harus beralamat https.").format(name=name)
    return None


def secure() -> bool:
    """Whether readers come by TLS, as far as the setup of the login tells."""
    section = auth_util.get_secrets_auth_section()
    return urlsplit(str(section.get("redirect_uri", "") if section else "")).scheme == "https"


def person() -> Person | None:
    """Who is logged in in this session; None when nobody is. StoreError when roles cannot be read."""
    if not configured() or complaint():
        return None
    return _person(st.user.to_dict())


def person_of(connection: HTTPConnection) -> Person | None:
    """Who is logged in in the browser that asks; None also when roles cannot be read."""
    if not configured() or complaint():
        return None

    def part(name: str) -> bytes | None:
        value = connection.cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1")) if value else None

    try:
        told = auth_util.get_cookie_with_chunks(part, USER_COOKIE_NAME)
        return _person(json.loads(told)) if told else None
    except (ValueError, KkbError):
        log.access("masuk_ditolak", refused=True, sebab="kuki_atau_daftar")
        return None


def _person(claims: Mapping[str, Any]) -> Person | None:
    if claims.get("is_logged_in") is not True:
        return None
    folder = config.var_dir()
    who = peran.person(claims, folder)
    if who is None:
        _tell(
            "sesi_berakhir", one_line(peran.account_of(claims)), str(claims.get("iat")), peran.refusal(claims, folder)
        )
    elif not sesi.used(folder, who.account, who.begun):
        _tell("sesi_berakhir", one_line(who.account), str(who.begun), "diam")
    else:
        _tell("masuk", one_line(who.account), str(who.begun), None, who.signature, who.role or peran.NONE)
        return who
    return None


@lru_cache(maxsize=5000)
def _tell(
    kind: str, account: str, begun: str, reason: str | None, name: str | None = None, role: str | None = None
) -> None:
    """Log once in this process that a login is in use, or over; `begun` tells the logins of an account apart."""
    log.access(kind, akun=account[: peran.LONGEST], sebab=reason, oleh=name, peran=role)


def may_read(reader: Person | None) -> bool:
    """Whether someone may read: everyone where reading is open, else whoever has a role."""
    return not config.reading_needs_login() or (reader is not None and reader.role is not None)


def must_read() -> None:
    """Raise KkbError unless this session may read; for every run, part of a page and callback."""
    if config.reading_needs_login() and not may_read(person()):
        log.access("bacaan_ditolak", refused=True, sebab="sesi")
        raise KkbError(
            _("Halaman ini hanya untuk pengguna yang sudah masuk dan mempunyai peran."), _("Masuk lebih dahulu.")
        )


def is_local() -> bool:
    """Whether the browser of this session sits at this machine and speaks to this server without a proxy between."""
    if not runtime.exists():
        return False
    headers = st.context.headers
    if any(headers.get(name) for name in FORWARDED) or not _is_loopback(st.context.ip_address):
        return False
    asked = (urlsplit(f"//{headers.get('Host', '')}").hostname, urlsplit(headers.get("Origin", "")).hostname)
    return all(host in LOCAL for host in asked)


def _is_loopback(address: str | None) -> bool:
    """Whether an address is this machine's own; Streamlit says None for the plain ones."""
    if address is None:
        return True
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return bool((getattr(found, "ipv4_mapped", None) or found).is_loopback)


def leave(*, everywhere: bool = False) -> None:
    """End this login, or all of the account's, on the server and in the browser; for callbacks."""
    try:
        here = person()
        if here:
            peran.end(config.var_dir(), here.signature, here.account, 0 if everywhere else here.begun)
    except KkbError as error:
        _log.warning("keluar tidak tercatat: %s", error.message)
    st.logout()


def door() -> None:
    """In place of every page, where reading needs a login: the way in, or why it is shut."""
    wrong = complaint() if configured() else _("Login belum diatur di secrets.toml, padahal KKB_PEMBACA=login.")
    st.title(_("Dasbor Kampung KB: masuk lebih dahulu"))
    if wrong:
        st.error(wrong, icon=":material/error:")
        return
    if st.user.get("is_logged_in"):
        who = person()
        st.warning(
            _("Akun {name} belum mempunyai peran. Mintalah kepada admin dasbor.").format(name=literal(who.signature))
            if who
            else _("Sesi Anda sudah berakhir. Masuk lagi."),
            icon=":material/lock:",
        )
        st.button(_("Keluar"), icon=":material/logout:", on_click=leave, key="pintu-keluar")
        if who:
            return
    else:
        st.markdown(_("Angka di dasbor ini hanya untuk pegawai yang mempunyai peran."))
    st.button(strong(_("Masuk")), icon=":material/login:", on_click=st.login, key="pintu-masuk")


def corner() -> None:
    """In the menu: who is logged in and the way out, or the way in. Nothing where no login is set up."""
    if not configured():
        return
    if wrong := complaint():
        st.caption(wrong)
        return
    who = person()
    if who is None:
        st.button(_("Masuk"), icon=":material/login:", on_click=st.login, key="menu-masuk", width="stretch")
        return
    role = who.role or _("tanpa peran")
    st.caption(_("Masuk sebagai {name}, {role}").format(name=literal(who.signature), role=role))
    st.button(_("Keluar"), icon=":material/logout:", on_click=leave, key="menu-keluar", width="stretch")
    st.button(
        _("Keluar dari semua perangkat"),
        icon=":material/devices_off:",
        on_click=leave,
        kwargs={"everywhere": True},
        key="menu-keluar-semua",
        width="stretch",
        type="tertiary",
    )
