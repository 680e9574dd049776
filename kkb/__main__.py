"""The command line: `python -m kkb build | config | sumber`."""

from __future__ import annotations

import argparse
import sys

from kkb import config
from kkb.errors import KkbError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code. Errors meant for users are printed without a traceback."""
    parser = argparse.ArgumentParser(prog="python -m kkb", description="Dasbor Kampung KB")
    commands = parser.add_subparsers(dest="command", required=True, metavar="PERINTAH")
    commands.add_parser("build", help="periksa fakta, bangun versi baru, terbitkan")
    commands.add_parser("config", help="tampilkan semua pengaturan")
    commands.add_parser("sumber", help="perbarui sidik berkas di SUMBER.csv setelah fakta diubah")
    chosen = parser.parse_args(arguments)
    try:
        return {"build": _build, "config": _config, "sumber": _sources}[chosen.command]()
    except KkbError as error:
        print(error, file=sys.stderr)
        return 1


def _build() -> int:
    from kkb.build import build

    version = build(config.facts_dir(), config.var_dir())
    print(f"Versi {version} terbit di {config.var_dir()}.")
    return 0


def _config() -> int:
    for setting in config.SETTINGS:
        print(f"{setting.variable}={config.value(setting.variable)}\n    {setting.meaning}")
    return 0


def _sources() -> int:
    from kkb.build.facts import refresh_fingerprints

    changed = refresh_fingerprints(config.facts_dir())
    print("\n".join(changed) if changed else "Semua sidik sudah sesuai.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
