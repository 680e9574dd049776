"""Imports, taking back and builds, killed at 200 moments: what is published, the journal and the uploads stay whole."""

import hashlib
import os
import random
import shutil
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from filelock import FileLock

from kkb import journal, store
from kkb.build.facts import refresh_fingerprints
from tests import golden, portal_files
from tests.killer import killer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs fork and /proc")
KILLS = int(os.environ.get("KKB_KILLS", "200"))
KILLED = -9
NONE = "tanpa"


def contents(folder):
    """All rows of the published version, in short: equal when each table has the same rows. Opened anew each time."""
    warehouse = store.current(folder)
    assert warehouse.newer_broken is None
    names = warehouse.rows("SELECT table_name FROM duckdb_tables() WHERE table_name <> 'meta' ORDER BY 1", {})
    sums = [f"SELECT '{n}', count(*), sum(hash(t)::HUGEINT)::VARCHAR FROM \"{n}\" AS t" for n in names["table_name"]]
    found = warehouse.rows(" UNION ALL ".join(sums) + " ORDER BY 1", {}).to_csv()
    for path in [p for p in list(store._open) if p.parent == folder]:
        store._open.pop(path).connection.close()
    return found


class Folder:
    """A data folder whose actions are killed again and again, and what must be in it. `facts` has two folders of facts;
    `known` tells contents apart: which facts, and which of two files was brought last."""

    def __init__(self, var, facts, known, run):
        self.var, self.facts, self.known, self.run = var, facts, known, run
        self.built, self.brought, self.entries, self.tries = 0, NONE, (), 0
        self.published = {store.published(var)}
        self.outcomes = Counter()

    def act(self, action, **moment):
        """One action, killed or not, and a look at what it left; returns the exit code, the seconds and the steps."""
        self.tries += 1
        built, arguments = self.built, ()
        if action == "impor":
            arguments = (brought(self.var.parent, "a" if self.brought != "a" else "b", self.tries),)
        elif action == "batal":
            arguments = (journal.standing(self.entries)[-1].nomor,)
        else:
            built = 1 - built
            self.forget()
        code, seconds, steps = self.run(action, *arguments, self.facts[built], self.var, **moment)
        assert code in (0, KILLED), f"{action} {moment}"
        done = self.look(built, f"{action} {moment}")
        assert done or code, f"{action} ended without a trace"
        self.outcomes[action, done, code] += 1
        return code, seconds, steps

    def forget(self):
        """Delete the versions that are not current, so that the next build has something to do."""
        for path in self.var.glob("kkb-*.duckdb"):
            if path.stem.removeprefix("kkb-") not in (self.var / store.POINTER).read_text():
                path.unlink()

    def look(self, built, told):
        """Whether the action took place: wholly, or not at all."""
        with FileLock(self.var / ".kunci", timeout=5):
            pass
        entries = journal.entries(self.var)
        text = (self.var / journal.FILE).read_text() if entries else "\n"
        assert text.endswith("\n"), told
        more = entries[len(self.entries) :]
        assert entries[: len(self.entries)] == self.entries, told
        assert len(more) <= 1, told
        for path in (self.var / journal.UPLOADS).glob("[!.]*"):
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name, told
        for entry in journal.in_force(entries):
            assert journal.upload_path(self.var, entry.sha256).is_file(), told
        last = [NONE, *(e.berkas[0] for e in journal.in_force(entries))][-1]
        served = self.known.get(contents(self.var))
        assert served in {(self.built, last), (built, last)}, told
        unfinished = [p for p in self.var.rglob(".*") if p.name != ".kunci"]
        assert len(unfinished) <= 4, told
        assert len(self.never_published()) <= 1, told
        done = bool(more) or served[0] != self.built
        self.built, self.brought, self.entries = served[0], last, entries
        return done

    def never_published(self):
        """The versions that lie in the folder though nobody was ever shown them."""
        self.published.add(store.published(self.var))
        return {p.stem.removeprefix("kkb-") for p in self.var.glob("kkb-*.duckdb")} - self.published


def brought(folder, name, number):
    """A file of which the content depends on the name, and the bytes on the number."""
    rows = portal_files.rows("rekap-kampung")
    rows = [rows[0], *(r for r in rows if r[4] in ("TANTA", "MUARA HARUS"))]
    next(r for r in rows if r[5] == "WALANGKIR")[rows[0].index("Pil")] = {"a": 11, "b": 12}[name]
    rows[1][0] = number
    return portal_files.write(folder / f"{name}{number}.xlsx", rows)


@pytest.fixture(scope="module")
def facts_dirs(golden_facts, tmp_path_factory):
    other = shutil.copytree(golden_facts, tmp_path_factory.mktemp("bunuh") / "data")
    golden.edit(other, "idm.csv", 0, "iks", "0.9")
    refresh_fingerprints(other)
    return golden_facts, other


@pytest.fixture(scope="module")
def killers(facts_dirs):
    with killer(*facts_dirs) as one, killer(*facts_dirs) as two:
        yield one, two


@pytest.fixture(scope="module")
def known(facts_dirs, killers, tmp_path_factory):
    """What each combination of facts and file looks like when nothing is killed."""

    def look(n):
        folder = tmp_path_factory.mktemp("utuh")
        assert killers[n]("bangun", facts_dirs[n], folder)[0] == 0
        yield contents(folder), (n, NONE)
        for name in "ab":
            assert killers[n]("impor", brought(folder, name, 0), facts_dirs[n], folder)[0] == 0
            yield contents(folder), (n, name)

    with ThreadPoolExecutor(2) as threads:
        found = {seen: meant for pairs in threads.map(lambda n: list(look(n)), (0, 1)) for seen, meant in pairs}
    assert len(found) == 6
    return found


@pytest.fixture
def folders(facts_dirs, known, killers, golden_published, tmp_path):
    """Two folders with the first facts published, each with a killer of its own."""
    made = []
    for n, run in enumerate(killers):
        (tmp_path / str(n)).mkdir()
        var = shutil.copytree(golden_published, tmp_path / str(n) / "var")
        made.append(Folder(var, facts_dirs, known, run))
    return made


def ends_well(folder):
    """The next import works, is seen, and leaves nothing unfinished behind."""
    before = folder.entries
    assert folder.act("impor")[0] == 0
    assert len(folder.entries) == len(before) + 1
    assert [p.name for p in folder.var.rglob(".*")] == [".kunci"]
    assert folder.never_published() == set()


def test_killed_before_each_step_it_is_done_wholly_or_not_at_all(folders):
    def kill(folder, *actions):
        folder.act("impor")
        for action, steps in [(action, folder.act(action)[2]) for action in actions]:
            assert len(steps) > 5
            for step in steps:
                codes = (folder.act(action, before=step)[0] for _ in range(2))  # every second `batal` brings back
                assert KILLED in codes, f"{action} no longer comes to {step}"
            assert folder.outcomes[action, False, KILLED], f"{action} was never killed too early"
            assert folder.outcomes[action, True, KILLED], f"{action} was never killed when it was done"
        ends_well(folder)

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(kill, *a) for a in ((folders[0], "impor"), (folders[1], "batal", "bangun"))]:
            done.result()


def test_killed_at_200_random_moments_it_is_done_wholly_or_not_at_all(folders):
    def kill(folder, seed):
        generator = random.Random(seed)
        whole = {action: folder.act(action)[1] for action in ("impor", "batal", "bangun")}
        kills = 0
        while kills < KILLS / 2:
            in_force = len(journal.in_force(folder.entries))
            action = generator.choice(["impor", "bangun", *["batal"] * in_force])
            moment = generator.uniform(*generator.choice([(0, 1), (0, 1), (0.8, 1.05)]))
            kills += folder.act(action, after=whole[action] * moment)[0] == KILLED
        ends_well(folder)
        return folder.outcomes

    with ThreadPoolExecutor(2) as threads:
        outcomes = sum(threads.map(kill, folders, (1, 2)), Counter())
    assert all(outcomes[action, False, KILLED] > 10 for action in ("impor", "batal", "bangun"))


def test_a_build_waits_for_an_import_and_does_not_undo_it(folders, tmp_path):
    """A build that read the journal before an import came must not publish after it."""
    slow, fast = folders
    rename = next(s for s in slow.act("bangun")[2] if s[0].startswith("os.rename /kkb-"))
    slow.forget()
    at_rename, in_line, on = (tmp_path / name for name in ("sampai", "antre", "lanjut"))

    def wait(path, action):
        while not (path.exists() or action.done()):
            time.sleep(0.01)

    with ThreadPoolExecutor(2) as threads:
        build = threads.submit(slow.run, "bangun", slow.facts[0], slow.var, before=rename, pause=(at_rename, on))
        wait(at_rename, build)
        path = brought(slow.var.parent, "a", 0)
        fourth = ("open /.kunci", "4")  # somebody who has the turn opens the lock once
        more = threads.submit(fast.run, "impor", path, slow.facts[0], slow.var, before=fourth, pause=(in_line, on))
        wait(in_line, more)
        on.touch()
        assert [build.result()[0], more.result()[0]] == [0, 0]
    assert [e.berkas for e in journal.entries(slow.var)] == [path.name]
    assert slow.known[contents(slow.var)] == (0, "a")
