"""The command line: `python -m kkb build | classify | import | template | journal | rollback | ...`."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from datetime import date
from getpass import getuser
from pathlib import Path

from kkb import config
from kkb.bahasa import LANGUAGES
from kkb.errors import FileError, KkbError
from kkb.ingest import angka, jenis, sheets, waktu
from kkb.ingest.pilihan import Choices
from kkb.report import paket


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code. Errors meant for users are printed without a traceback."""
    parser = argparse.ArgumentParser(prog="python -m kkb", description="Dasbor Kampung KB")
    commands = parser.add_subparsers(dest="command", required=True, metavar="PERINTAH")
    commands.add_parser("build", help="periksa fakta, bangun versi baru, terbitkan")
    again = commands.add_parser("classify", help="hitung ulang indeks dan kelas dari ekspor portal, cetak kesesuaian")
    again.add_argument("file", type=Path, nargs="+", help="rekap-klasifikasi, rekap-kampung, atau satu dari keduanya")
    again.add_argument("--out", type=Path, help="tulis hasil per Kampung KB ke berkas CSV ini")
    again.add_argument("--per", type=_day, default=date.today(), help="tanggal data, TTTT-BB-HH (bawaan: hari ini)")
    bring = commands.add_parser("import", help="periksa sebuah berkas, tampilkan perubahannya, lalu terbitkan")
    bring.add_argument("file", type=Path, help="xlsx, xls, ods, atau CSV; jenis isinya dikenali sendiri")
    bring.add_argument("--as-of", type=_period, help="masa data, TTTT-BB-HH, TTTT-BB, atau TTTT")
    bring.add_argument("--kind", choices=jenis.NAMES, metavar="JENIS", help=f"jenis isi: {', '.join(jenis.NAMES)}")
    bring.add_argument("--indikator", metavar="KODE", help="indikator yang nilainya ada di berkas, misalnya ST02")
    bring.add_argument("--desimal", choices=tuple(angka.SIGNS), help="tanda desimal angka yang ditulis sebagai teks")
    bring.add_argument("--sumber", default="", help="dari siapa angkanya, misalnya “Dinas Kesehatan, e-PPGBM”")
    bring.add_argument(
        "--nama",
        type=_name,
        action="append",
        metavar="KEC/DESA=KODE",
        help="desa yang dimaksud sebuah nama; KODE kosong menyisihkan barisnya; boleh berulang",
    )
    bring.add_argument("--dry-run", action="store_true", help="hanya laporan; tidak ada yang disimpan")
    bring.add_argument("--yes", action="store_true", help="terbitkan tanpa bertanya, untuk tugas terjadwal")
    _signed(bring)
    form = commands.add_parser("template", help="tulis contoh isian yang sudah memuat 131 kode desa/kelurahan")
    form.add_argument("kind", choices=tuple(jenis.KINDS), metavar="JENIS", help=", ".join(jenis.KINDS))
    form.add_argument("--out", type=Path, help="nama berkas (bawaan: contoh-JENIS.xlsx)")
    commands.add_parser("journal", help="berkas apa yang masuk, kapan, dari siapa")
    commands.add_parser("kesepakatan", help="kesepakatan rapat, yang paling terlambat lebih dahulu")
    back = commands.add_parser("rollback", help="batalkan satu entri jurnal")
    back.add_argument("nomor", type=int, help="nomor entri, lihat `journal`")
    _signed(back)
    take = commands.add_parser("export", help="buat berkas rapat: salindia, laporan, tabel, peta, naskah, satu HTML")
    take.add_argument("kind", choices=("paket", *paket.KINDS), metavar="JENIS", help=", ".join(("paket", *paket.KINDS)))
    take.add_argument("--out", type=Path, help="nama berkas, atau folder untuk `paket` (bawaan: nama dengan tanda)")
    take.add_argument("--kecamatan", metavar="KODE", help="kode kecamatan, misalnya 630903 (bawaan: kabupaten)")
    take.add_argument("--per", type=_day_text, metavar="TTTT-BB-HH", help="tanggal data (bawaan: terakhir)")
    take.add_argument(
        "--sejak", type=_day_text, metavar="TTTT-BB-HH", help="tanggal rapat terakhir, untuk apa yang berubah"
    )
    take.add_argument("--bahasa", choices=tuple(LANGUAGES), default="id")
    look = commands.add_parser("doctor", help="periksa pemasangan ini dan katakan apa yang harus dilakukan")
    look.add_argument("--port", type=int, default=8501, help="port dasbor (bawaan: 8501)")
    safe = commands.add_parser("backup", help="simpan jurnal, unggahan, dan buku kesepakatan ke satu berkas")
    safe.add_argument("--out", type=Path, required=True, metavar="BERKAS.zip", help="nama berkas cadangan")
    safe.add_argument("--versi", action="store_true", help="sertakan pula versi data yang sedang terbit")
    undo = commands.add_parser("restore", help="kembalikan folder data dari berkas cadangan")
    undo.add_argument("file", type=Path, metavar="BERKAS.zip")
    undo.add_argument("--yes", action="store_true", help="ganti juga isi yang tidak ada di cadangan")
    commands.add_parser("kode", help="kode sekali pakai untuk operator di halaman /data")
    role = commands.add_parser("peran", help="tampilkan peran akun, atau beri satu akun sebuah peran")
    role.add_argument("akun", nargs="?", help="surel akun, atau `sub` dari server login")
    role.add_argument("peran", nargs="?", metavar="PERAN", help="pembaca, operator, admin, atau tanpa")
    role.add_argument("--oleh", default=_whoever(), help="nama untuk buku akses (bawaan: nama pengguna sistem)")
    lake = commands.add_parser("danau", help="bersih: hapus versi lama dari danau data (docs/skala.md)")
    lake.add_argument("tindakan", choices=("bersih",), metavar="bersih")
    commands.add_parser("config", help="tampilkan semua pengaturan")
    commands.add_parser("sumber", help="perbarui sidik berkas di SUMBER.csv setelah fakta diubah")
    chosen = parser.parse_args(arguments)
    try:
        return _COMMANDS[chosen.command](chosen)
    except KkbError as error:
        print(error, file=sys.stderr)
        return 1


def _build(chosen: argparse.Namespace) -> int:
    from kkb.build import build

    version = build(config.facts_dir(), config.var_dir())
    print(f"Versi {version} terbit di {config.var_dir()}.")
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” bukan tanggal TTTT-BB-HH") from None


def _day_text(text: str) -> str:
    return _day(text).isoformat()


def _period(text: str) -> str:
    found = waktu.period(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"“{text}” bukan TTTT, TTTT-BB, atau TTTT-BB-HH")
    return found


def _name(text: str) -> tuple[str, str]:
    from kkb.ingest import match

    place, equals, code = text.partition("=")
    district, slash, name = place.partition("/")
    if not equals or not slash or code not in ("", match.code(code)):
        raise argparse.ArgumentTypeError(f"“{text}” bukan KECAMATAN/DESA=KODE")
    return match.written(district, name), code


def _classify(chosen: argparse.Namespace) -> int:
    from kkb import classify
    from kkb.report.tables import csv

    if chosen.out and any(chosen.out.resolve() == path.resolve() for path in chosen.file):
        raise FileError(f"--out menunjuk berkas masukan {chosen.out}.", "Pilih nama lain untuk hasilnya.")
    result = classify.classify(chosen.file, classify.rule_on(chosen.per.isoformat(), config.facts_dir()))
    print("\n".join(classify.report(result)))
    if chosen.out:
        _write(chosen.out, csv(result.table))
    return 0


def _write(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f"{path.name}.tmp")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        raise FileError(
            f"Berkas {path} tidak dapat ditulis ({error.strerror}).", "Pilih nama atau folder lain yang dapat ditulis."
        ) from error
    print(f"Ditulis: {path}")


def _whoever() -> str:
    """The name of the user of this machine, else the number: in a container the number may have no name."""
    try:
        return getuser()
    except (KeyError, OSError, ImportError):  # which of them depends on system and Python
        return f"uid {os.getuid()}"


def _signed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--oleh", default=_whoever(), help="siapa yang melakukannya (bawaan: nama pengguna komputer)")
    parser.add_argument("--catatan", default="", help="catatan untuk jurnal")


def _import(chosen: argparse.Namespace) -> int:
    reading = sheets.begin(chosen.file)  # by a process of its own, while this one loads what it needs
    from kkb import laporan, terima

    folders = config.facts_dir(), config.var_dir()
    report = terima.prepare(chosen.file, _choices(chosen), *folders, reading=reading)
    print("\n".join(laporan.lines(report)))
    if chosen.dry_run or report.is_empty or report.contribution.problems:
        return 1 if report.contribution.problems else 0
    if not chosen.yes and input("Terbitkan? [y/T] ").strip().lower() not in ("y", "ya"):
        print("Tidak diterbitkan; tidak ada yang disimpan.")
        return 0
    entry, version = terima.publish(report, chosen.oleh, chosen.catatan, *folders)
    print(f"Entri {entry.nomor} tercatat; versi {version} terbit.")
    return 0


def _choices(chosen: argparse.Namespace) -> Choices:
    names = dict(chosen.nama or [])
    return Choices(chosen.kind, chosen.as_of, chosen.indikator, chosen.desimal, chosen.sumber, names)


def _template(chosen: argparse.Namespace) -> int:
    from kkb.build import facts
    from kkb.report import contoh

    _write(
        chosen.out or Path(f"contoh-{chosen.kind}.xlsx"), contoh.workbook(chosen.kind, facts.load(config.facts_dir()))
    )
    return 0


def _journal(chosen: argparse.Namespace) -> int:
    from kkb import journal, laporan

    print("\n".join(laporan.journal_lines(journal.entries(config.var_dir()))))
    return 0


def _agreements(chosen: argparse.Namespace) -> int:
    from kkb import format as fmt
    from kkb import kesepakatan, laporan

    print("\n".join(laporan.agreement_lines(kesepakatan.agreements(config.var_dir()), fmt.today())))
    return 0


def _rollback(chosen: argparse.Namespace) -> int:
    from kkb import terima

    folders = config.facts_dir(), config.var_dir()
    entry, version = terima.take_back(chosen.nomor, chosen.oleh, chosen.catatan, *folders)
    print(f"Entri {chosen.nomor} dibatalkan (entri {entry.nomor}); versi {version} terbit.")
    return 0


def _export(chosen: argparse.Namespace) -> int:
    from kkb import bahasa, store, wilayah
    from kkb.rapat import samping, susun
    from kkb.rapat.lembar import silent

    var_dir, today = config.var_dir(), date.today()
    since = chosen.sejak or samping.last_meeting(var_dir, today.isoformat())
    beside = samping.read(var_dir, since, samping.lines(var_dir))
    with bahasa.speaking(chosen.bahasa):
        try:
            warehouse = wilayah.chosen(store.current(var_dir), (chosen.kecamatan or "")[:4])
            pack = susun.pack(warehouse, chosen.kecamatan, chosen.per, today, beside=beside)
        except ValueError:
            raise FileError(
                f"Kecamatan {chosen.kecamatan} tidak dikenal.", "Gunakan kode 6 angka, misalnya 630903."
            ) from None
        if chosen.kind != "paket":
            _write(chosen.out or Path(paket.file_name(pack, chosen.kind)), paket.write(pack, chosen.kind, silent))
            return 0
        folder = chosen.out or Path(paket.stem(pack))
        folder.mkdir(parents=True, exist_ok=True)
        for kind in paket.KINDS:
            _write(folder / paket.file_name(pack, kind), paket.write(pack, kind, silent))
    return 0


def _doctor(chosen: argparse.Namespace) -> int:
    from kkb import doctor

    findings = doctor.look(config.facts_dir(), config.var_dir(), chosen.port)
    print("\n".join(doctor.lines(findings)))
    return doctor.exit_code(findings)


def _backup(chosen: argparse.Namespace) -> int:
    from kkb import cadangan
    from kkb import format as fmt

    made = cadangan.backup(chosen.out, config.facts_dir(), config.var_dir(), versions=chosen.versi)
    uploads = fmt.number(made.count("unggahan/"))
    print(f"Ditulis dan diperiksa: {chosen.out} ({len(made.berkas)} berkas, {uploads} unggahan, versi {made.versi}).")
    return 0


def _restore(chosen: argparse.Namespace) -> int:
    from kkb import cadangan
    from kkb import format as fmt

    done = cadangan.restore(chosen.file, config.facts_dir(), config.var_dir(), yes=chosen.yes)
    print(f"Dipulihkan dari cadangan {fmt.moment(done.told.dibuat)}; versi {done.versi} terbit.")
    if done.told.versi and not done.is_same:
        print(f"Cadangan dibuat dengan fakta atau kode lain (versi {done.told.versi}), jadi nomor versinya berbeda.")
    if done.sebelumnya:
        print(f"Jurnal dan buku yang lama disimpan di {done.sebelumnya}.")
    return 0


def _code(chosen: argparse.Namespace) -> int:
    from kkb import akses

    print(f"{akses.issue(config.var_dir())}\nBerlaku sekali, {akses.MINUTES} menit; masukkan di halaman /data.")
    return 0


def _role(chosen: argparse.Namespace) -> int:
    from kkb import peran

    if chosen.akun:
        peran.give(config.var_dir(), chosen.oleh, chosen.akun, chosen.peran or "")
    for account, role in peran.listed(config.var_dir()).items():
        print(f"{account}  {role}")
    return 0


def _lake(_chosen: argparse.Namespace) -> int:
    from kkb import format as fmt
    from kkb.build import bersih

    done = bersih.clean(config.var_dir())
    versions, files = fmt.number(len(done.versions)), fmt.number(done.files)
    print(f"Dihapus dari danau data: {versions} versi, {files} berkas Parquet, {fmt.number(done.size / 1e6, 1)} MB.")
    print(f"Tetap di danau data: {', '.join(done.kept)}.")
    return 0


def _config(chosen: argparse.Namespace) -> int:
    for setting in config.SETTINGS:
        shown = config.value(setting.variable)
        print(f"{setting.variable}={'(diisi)' if setting.secret and shown else shown}\n    {setting.meaning}")
    return 0


def _sources(chosen: argparse.Namespace) -> int:
    from kkb.build.facts import refresh_fingerprints

    changed = refresh_fingerprints(config.facts_dir())
    print("\n".join(changed) if changed else "Semua sidik sudah sesuai.")
    return 0


_COMMANDS = {
    "build": _build,
    "classify": _classify,
    "import": _import,
    "template": _template,
    "journal": _journal,
    "kesepakatan": _agreements,
    "rollback": _rollback,
    "export": _export,
    "doctor": _doctor,
    "backup": _backup,
    "restore": _restore,
    "kode": _code,
    "peran": _role,
    "danau": _lake,
    "config": _config,
    "sumber": _sources,
}

if __name__ == "__main__":
    gc.set_threshold(5_000, 10, 10)  # a command ends soon: to look for cycles as often as a server does costs it time
    code = main()
    gc.freeze()  # nor are they looked for at the end
    sys.exit(code)
