"""Every briefing of a pack in one text file: the whole area, each kecamatan, each office, in three lengths."""

from __future__ import annotations

from kkb import bahasa
from kkb.rapat import naskah
from kkb.rapat.lembar import Pack, Progress, silent

RULE = "=" * 72


def write(pack: Pack, progress: Progress = silent) -> bytes:
    """UTF-8 with BOM, so that old editors read it right."""
    with bahasa.speaking(pack.language):
        found = []
        subjects = naskah.subjects(pack)
        for n, about in enumerate(subjects, 1):
            for length in naskah.LENGTHS:
                heading = f"{naskah.length_name(length)}: {naskah.subject_name(pack, about)}"
                found.append("\n".join([RULE, heading, RULE, "", naskah.text(naskah.brief(pack, about, length))]))
            progress(n / len(subjects))
    return "\n\n\n".join(found).encode("utf-8-sig")
