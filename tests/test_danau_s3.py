"""The lake's files on an S3-compatible server: the same answers, and no secret told."""

import os
import subprocess
import sys

import duckdb
import pytest
from pandas.testing import assert_frame_equal

from kkb import config, danau, doctor, log, queries, s3, store
from kkb.__main__ import main
from kkb.build import bersih, build
from kkb.errors import StoreError
from tests import pertanyaan
from tests import s3 as server
from tests.test_danau import ANSWERS, PATIENT, bring, catalogue, from_file, settings  # noqa: F401  fixtures

WRONG = "sandi-yang-salah"


@pytest.fixture(scope="module")
def storage(tmp_path_factory):
    """A running S3-compatible server."""
    if not server.PYTHON.exists():
        pytest.skip(server.MISSING)
    with server.running(tmp_path_factory.mktemp("s3")) as found:
        yield found


@pytest.fixture
def var(settings, storage, golden_published, monkeypatch):  # noqa: F811
    """A data folder whose small version is in a lake on that server."""
    monkeypatch.setenv("KKB_DANAU_PARQUET", f"s3://{server.BUCKET}/danau")
    monkeypatch.setenv("KKB_DANAU_S3", storage.address)
    monkeypatch.setenv("KKB_DANAU_S3_KUNCI", storage.key)
    monkeypatch.setenv("KKB_DANAU_S3_SANDI", storage.secret)
    monkeypatch.setenv("KKB_DANAU_S3_CA", storage.certificate)
    bring(golden_published, settings)
    return settings


def folders(place):
    """The folders with Parquet files at a place in the bucket."""
    address = f"s3://{server.BUCKET}/{place}/"
    with danau._connected({}) as connection:
        found = connection.execute(f"SELECT file FROM glob('{address}**')").fetchall()
    return {name.removeprefix(address).split("/")[0] for (name,) in found}


ELSEWHERE = f"""
from kkb import config, danau, queries, store
danau.ANSWER = danau.OPENING = {PATIENT}
served = store.current(config.var_dir())
print(len(queries.villages(served)), served.spare is not None, danau.status())
"""


def test_every_question_has_the_same_answer_from_s3_and_from_the_file(
    var,
    storage,
    from_file,  # noqa: F811
    golden_facts,
    monkeypatch,
    capsys,
    tmp_path,
):
    served = store.current(var)
    path = store.path_of(var, served.version)
    path.rename(tmp_path / "tidak-ada")
    for question in pertanyaan.QUESTIONS:
        said = next(pertanyaan.ways(question, ANSWERS))
        ask = getattr(queries, question)
        assert_frame_equal(ask(served, **said), ask(from_file, **said), obj=f"{question} {said}")
    assert danau.status() == "tersambung"
    asked = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], cwd=config.ROOT, capture_output=True, text=True, timeout=60
    )
    assert asked.stdout == "21 True tersambung\n", asked.stderr
    assert folders("danau") == {served.version}

    seen = str(served.rows("FROM duckdb_secrets()", {}).to_dict())
    assert storage.key in seen
    assert storage.secret not in seen
    for outside in ("s3://kkb/lain/x.parquet", "s3://kkb/danau/lain.parquet"):
        with pytest.raises(duckdb.PermissionException):
            served.connection.cursor().execute(f"FROM '{outside}'")
    (tmp_path / "tidak-ada").rename(path)

    with danau.writing() as lake:
        for version in ("111111111111", "222222222222", "333333333333", "444444444444"):
            lake.execute(f'BEGIN; CREATE SCHEMA danau."{version}"')
            lake.execute(f'CREATE TABLE danau."{version}".angka AS SELECT range AS n FROM range(10); COMMIT')
    done = bersih.clean(var)
    assert (done.versions, done.files) == (("111111111111",), 1)
    assert folders("danau") == set(done.kept)

    said = []
    monkeypatch.setattr(log, "event", lambda *words, **more: said.append((words, more)))
    monkeypatch.setenv("KKB_DANAU_S3_SANDI", WRONG)
    store._lake.clear()
    assert store.current(var).spare is None
    assert len(queries.villages(store.current(var))) == 21
    assert danau.status() == "terputus"
    with pytest.raises(StoreError) as failed:
        build(golden_facts, var)
    found = [f for f in doctor.look(golden_facts, var, 1) if "Danau" in f.words]
    assert [f.level for f in found] == [doctor.BAD]
    main(["config"])
    told = f"{failed.value} {found} {said} {capsys.readouterr()}"
    assert said
    assert "(diisi)" in told
    assert WRONG not in told


def test_a_server_whose_certificate_nobody_signed_is_not_trusted(settings, storage, golden_published, monkeypatch):  # noqa: F811
    for setting, told in {
        "PARQUET": f"s3://{server.BUCKET}/lain",
        "S3": storage.address,
        "S3_KUNCI": storage.key,
        "S3_SANDI": storage.secret,
    }.items():
        monkeypatch.setenv(f"KKB_DANAU_{setting}", told)
    with pytest.raises(StoreError) as failed:
        bring(golden_published, settings)
    assert "SSL" in str(failed.value.__cause__)
    monkeypatch.setenv("KKB_DANAU_S3_CA", storage.certificate)
    assert not folders("lain")


@pytest.fixture
def told(monkeypatch):
    """Settings that are in order."""
    monkeypatch.setenv("KKB_DANAU_S3", "https://s3.kantor.example:9000/")
    monkeypatch.setenv("KKB_DANAU_S3_KUNCI", "kunci")
    monkeypatch.setenv("KKB_DANAU_S3_SANDI", "sandi")
    return monkeypatch


def test_the_settings_become_a_secret(told, tmp_path):
    wanted = {
        "SCOPE": "s3://kkb/danau",
        "KEY_ID": "kunci",
        "SECRET": "sandi",
        "REGION": "us-east-1",
        "URL_STYLE": "path",
        "ENDPOINT": "s3.kantor.example:9000",
        "USE_SSL": "true",
    }
    assert s3.options("s3://kkb/danau/") == wanted
    told.setenv("KKB_DANAU_S3", "http://127.0.0.1:1")
    assert s3.options("s3://kkb/danau/") == {**wanted, "ENDPOINT": "127.0.0.1:1", "USE_SSL": "false"}
    told.delenv("KKB_DANAU_S3")
    path = tmp_path / "sandi"
    path.write_text("dari berkas\n", encoding="utf-8")
    path.chmod(0o600)
    told.setenv("KKB_DANAU_S3_SANDI_BERKAS", str(path))
    assert s3.options("s3://kkb/danau")["SECRET"] == "dari berkas"
    assert "ENDPOINT" not in s3.options("s3://kkb/danau")


FAULTY = {
    "KKB_DANAU_S3": [
        "s3.kantor.example",
        "ftp://s3.kantor.example",
        "https://s3.kantor.example/x",
        "http://[",
        "http://a:b@c",
    ],
    "KKB_DANAU_S3_KUNCI": [""],
    "KKB_DANAU_S3_SANDI": [""],
    "KKB_DANAU_S3_SANDI_BERKAS": ["/tidak/ada"],
}


@pytest.mark.parametrize(("setting", "text"), [(s, t) for s, texts in FAULTY.items() for t in texts])
def test_a_faulty_setting_is_named(told, setting, text):
    told.setenv(setting, text)
    with pytest.raises(StoreError) as failed:
        s3.options("s3://kkb/danau")
    assert f"Pengaturan {setting} " in str(failed.value)


def test_only_a_folder_or_s3_is_an_address(told):
    with pytest.raises(StoreError, match="KKB_DANAU_PARQUET"):
        s3.options("gs://kkb/danau")


def test_a_certificate_that_is_not_there_is_named(told):
    assert s3.certificate() == ""
    told.setenv("KKB_DANAU_S3_CA", "/tidak/ada.pem")
    with pytest.raises(StoreError, match="KKB_DANAU_S3_CA"):
        s3.certificate()


@pytest.mark.skipif(os.name != "posix", reason="no such permissions")
def test_a_secret_that_others_can_read_is_refused(told, tmp_path):
    path = tmp_path / "sandi"
    path.write_text("dari berkas", encoding="utf-8")
    path.chmod(0o644)
    told.setenv("KKB_DANAU_S3_SANDI_BERKAS", str(path))
    with pytest.raises(StoreError, match="pengguna lain"):
        s3.options("s3://kkb/danau")
