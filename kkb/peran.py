"""Who may do what: roles of accounts, and logins that are over.

A login brings claims, signed by the office's own login server. The role follows from the list `peran.csv` of the data
folder, which an admin keeps, else from a claim. Both are read again on every action, so a role that is taken away is
gone at once. What an admin changes, and who left, is one line each in `akses.jsonl`, which only grows.
"""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from kkb import berkas, buku, config, log
from kkb.bahasa import _
from kkb.build.giliran import turn
from kkb.errors import EntryError, StoreError
from kkb.teks import one_line

READER, OPERATOR, ADMIN = ROLES = ("pembaca", "operator", "admin")
"""From the least to the most; each may do what those before it may."""
NONE = "tanpa"
"""Written in the list for an account that shall have no role, whatever its claim says."""
LIST, BOOK = "peran.csv", "akses.jsonl"
COLUMNS = ("akun", "peran")
LONGEST = 200
AHEAD = 300
"""Seconds by which the clock of the login server may be ahead."""


@dataclass(frozen=True)
class Person:
    """Who is logged in. `account` names the account at its login server, `begun` is when the login was made (Unix
    seconds), `role` is one of ROLES or None."""

    account: str
    name: str
    email: str
    begun: int
    role: str | None

    @property
    def signature(self) -> str:
        """What stands in the books: name and address."""
        return f"{self.name} ({self.email})" if self.email and self.email != self.name else self.name


@dataclass(frozen=True)
class Event:
    """One line of the book. `aksi` is 'peran' (an account was given `peran`) or 'keluar' (logins of an account are
    over: the one begun at `sesi`, or all begun until `saat` when that is 0)."""

    saat: str
    oleh: str
    aksi: str
    akun: str
    peran: str = ""
    sesi: int = 0


def at_least(role: str | None, least: str) -> bool:
    """Whether a role may do what `least` may."""
    return role in ROLES and ROLES.index(role) >= ROLES.index(least)


def person(claims: Mapping[str, Any], folder: Path) -> Person | None:
    """Who the claims of a login are; None when they name nobody, or when the login is over or cannot be dated.

    StoreError when the list or the book cannot be read.
    """
    if refusal(claims, folder):
        return None
    sub, begun, email = str(claims["sub"]), claims["iat"], _email(claims)
    account, called = account_of(claims), _called(claims)
    name = one_line(str(claims.get("name") or claims.get("preferred_username") or email or sub))[:LONGEST]
    return Person(account, name, email, int(begun), _role(claims, called, folder))


def account_of(claims: Mapping[str, Any]) -> str:
    """What the books call the account of a login: its login server and its `sub` there."""
    return f"{claims.get('iss') or ''}#{claims.get('sub') or ''}"


def refusal(claims: Mapping[str, Any], folder: Path) -> str | None:
    """Why the claims of a login are nobody's: 'tanpa_akun', 'tanpa_waktu', 'usia' (too old, or from the future),
    'keluar' (left) or 'diakhiri' (all logins of the account were ended); None when they are somebody's.

    StoreError when the book cannot be read.
    """
    begun, now = claims.get("iat"), time.time()
    if not claims.get("sub"):
        return "tanpa_akun"
    if isinstance(begun, bool) or not isinstance(begun, int | float):
        return "tanpa_waktu"
    if not now - 3600 * config.session_hours() < begun <= now + AHEAD:
        return "usia"
    called = _called(claims)
    over = [event for event in events(folder) if _over(event, called, int(begun))]
    return ("keluar" if over[-1].sesi else "diakhiri") if over else None


def _called(claims: Mapping[str, Any]) -> set[str]:
    """All that the list and the book may call an account."""
    return {account_of(claims), str(claims["sub"]), _email(claims)} - {""}


def _email(claims: Mapping[str, Any]) -> str:
    """The address of a login, '' unless the login server vouches for it."""
    return one_line(str(claims.get("email") or "")).lower()[:LONGEST] if claims.get("email_verified") is True else ""


def _over(event: Event, called: set[str], begun: int) -> bool:
    if event.aksi != "keluar" or event.akun not in called:
        return False
    return begun == event.sesi if event.sesi else begun <= datetime.fromisoformat(event.saat).timestamp()


def _role(claims: Mapping[str, Any], called: set[str], folder: Path) -> str | None:
    known = listed(folder)
    told = [known[name] for name in sorted(called) if name in known]
    if NONE in told:
        return None
    return _highest(told) if told else _highest(_claimed(claims))


def _highest(roles: list[str]) -> str | None:
    return max((r for r in roles if r in ROLES), key=ROLES.index, default=None)


def _claimed(claims: Mapping[str, Any]) -> list[str]:
    """The roles that the claim of the setting stands for. Dots lead into claims within claims."""
    name = config.value("KKB_KLAIM_PERAN")
    found: Any = claims
    for part in name.split(".") if name not in claims else ():
        found = found.get(part) if isinstance(found, Mapping) else None
    found = claims.get(name, found)
    held = {str(v) for v in found} if isinstance(found, list | tuple) else {str(found)} if found else set()
    meant = (pair.partition("=") for pair in config.value("KKB_NILAI_PERAN").split(","))
    return [role.strip() for role, _equals, value in meant if value.strip() in held and value.strip()]


def _state(path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return (0, 0, 0)
    return found.st_mtime_ns, found.st_size, found.st_ino


def events(folder: Path) -> tuple[Event, ...]:
    """All lines of the book, oldest first. StoreError names the line that cannot be read."""
    return _events(folder, _state(folder / BOOK))


@lru_cache(maxsize=8)
def _events(folder: Path, state: tuple[int, int, int]) -> tuple[Event, ...]:
    return buku.read(folder / BOOK, Event, _unreadable, lambda event: datetime.fromisoformat(event.saat))


def _unreadable(row: int) -> StoreError:
    return StoreError(
        _("Buku akses {name} baris {row} tidak dapat dibaca.").format(name=BOOK, row=row),
        _("Pengelola server: pulihkan berkas itu dari cadangan. Sampai pulih, tidak ada yang dapat masuk."),
    )


def listed(folder: Path) -> dict[str, str]:
    """The list: account (an address in small letters, or the `sub` of a login) -> role or NONE; empty without a file.

    StoreError names row, value and what is allowed.
    """
    return dict(_listed(folder, _state(folder / LIST)))


@lru_cache(maxsize=8)
def _listed(folder: Path, state: tuple[int, int, int]) -> tuple[tuple[str, str], ...]:
    path = folder / LIST
    if not path.is_file():
        return ()
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ","))
    except (ValueError, csv.Error, OSError) as error:
        raise _odd_list(1, "", _("berkas CSV dengan kolom akun dan peran")) from error
    if not rows or tuple(cell.strip().lower() for cell in rows[0]) != COLUMNS:
        raise _odd_list(1, ",".join(rows[0]) if rows else "", ",".join(COLUMNS))
    found: dict[str, str] = {}
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        account, role = (cell.strip() for cell in row) if len(row) == 2 else ("", ";".join(row))
        key = account.lower() if "@" in account else account
        if not account or key in found or role not in (*ROLES, NONE):
            allowed = _("satu baris per akun, dengan peran {roles}").format(roles=", ".join((*ROLES, NONE)))
            raise _odd_list(number, ",".join(row), allowed)
        found[key] = role
    return tuple(found.items())


def _odd_list(row: int, value: str, allowed: str) -> StoreError:
    return StoreError(
        _("Daftar peran {name} baris {row}: tertulis “{value}”; yang diperbolehkan: {allowed}.").format(
            name=LIST, row=row, value=value[:60], allowed=allowed
        ),
        _("Pengelola server: perbaiki berkas itu di folder data. Sampai diperbaiki, tidak ada yang dapat masuk."),
    )


def give(folder: Path, who: str, account: str, role: str) -> None:
    """Write a role into the list, and who gave it into the book. EntryError when account or role is none."""
    plain = one_line(account)
    key = plain.lower() if "@" in plain else plain
    if not key or len(key) > LONGEST or any(sign in key for sign in ',;"'):
        raise EntryError(
            _("Akun “{account}” tidak dapat dicatat.").format(account=plain[:60]),
            _("Tulis alamat surel akun itu, atau nilai `sub` dari server login."),
        )
    if role not in (*ROLES, NONE):
        raise EntryError(
            _("Peran “{role}” tidak dikenal.").format(role=role[:20]),
            _("Pilih satu dari {roles}.").format(roles=", ".join((*ROLES, NONE))),
        )
    with turn(folder):
        known = {**listed(folder), key: role}
        _append(folder, Event(_now(), one_line(who), "peran", key, role))
        lines = [",".join(COLUMNS), *(f"{name},{given}" for name, given in sorted(known.items()))]
        berkas.write(folder / LIST, ("\n".join(lines) + "\n").encode("utf-8"))
    log.access("peran", oleh=one_line(who), akun=key, peran=role)


def end(folder: Path, who: str, account: str, begun: int = 0) -> None:
    """End one login of an account, or all of them made until now."""
    with turn(folder):
        _append(folder, Event(_now(), one_line(who), "keluar", account, sesi=begun))
    log.access("keluar", oleh=one_line(who), akun=account, sebab="satu_sesi" if begun else "semua_sesi")


def _append(folder: Path, event: Event) -> None:
    buku.append(folder / BOOK, buku.line_of({k: v for k, v in asdict(event).items() if v}))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
