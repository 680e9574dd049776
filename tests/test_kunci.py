"""What is installed is pinned with hashes, whole, and by one file for each purpose."""

import re
from itertools import combinations

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kkb.config import ROOT

TOGETHER = ("requirements", "requirements-danau", "requirements-test", "requirements-bench")
"""What may be installed into one environment."""
SETS = (*TOGETHER, "requirements-s3")
HASH = re.compile(r" +--hash=sha256:[0-9a-f]{64}( \\)?")


def asked(name):
    """What a person wrote: version by package."""
    lines = (ROOT / f"{name}.in").read_text(encoding="utf-8").splitlines()
    needs = [Requirement(line.partition("#")[0]) for line in lines if line[0].isalnum()]
    return {canonicalize_name(n.name): str(n.specifier) for n in needs}


def locked(name):
    """What is installed: number of hashes by package and version."""
    found = {}
    for line in (ROOT / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line[0].isalnum():
            need = Requirement(line.removesuffix("\\"))
            pin = need.name, str(need.specifier)
            found.setdefault(pin, 0)
        elif line.lstrip()[0] != "#":
            assert HASH.fullmatch(line), line
            found[pin] += 1
    return found


@pytest.mark.parametrize("name", SETS)
def test_every_package_has_one_version_and_its_hashes(name):
    pins = locked(name)
    assert all(re.fullmatch(r"==[\w.]+", version) for _, version in pins)
    assert all(pins.values())


@pytest.mark.parametrize("name", SETS)
def test_the_lock_has_all_that_was_asked(name):
    assert asked(name).items() <= dict(list(locked(name))).items()


def test_compiled_packages_have_hashes_for_other_systems_too():
    """Linux, Windows and macOS, each for several versions of Python."""
    pins = {package: many for (package, _), many in locked("requirements").items()}
    assert all(pins[p] >= 12 for p in ("numpy", "pandas", "duckdb", "pyarrow", "shapely", "lxml", "cryptography"))


def test_what_two_locks_share_is_one_version():
    found = {n: set(locked(n)) for n in TOGETHER}
    for one, other in combinations(TOGETHER, 2):
        shared = {p for p, _ in found[one]} & {p for p, _ in found[other]}
        assert {p for p in found[one] if p[0] in shared} == {p for p in found[other] if p[0] in shared}
    assert found["requirements"] & found["requirements-test"]


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("ending", ["in", "txt"])
def test_no_file_names_a_place_to_fetch_from(name, ending):
    text = (ROOT / f"{name}.{ending}").read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted-host| @ ", text)


def test_whoever_installs_asks_for_hashes():
    places = ("Makefile", "README.md", "deploy/Dockerfile", "deploy/windows.md", "docs/operasi.md", "docs/skala.md")
    places += ("kkb/doctor.py", "kkb/danau.py")
    for place in places:
        found = re.findall(r"install [^\n`;]*-r requirements", (ROOT / place).read_text(encoding="utf-8"))
        assert found, place
        assert all("--require-hashes" in command for command in found), place
