import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from seeds.codebook import load_codebook

CONTRACT = [
    "report", "file_sha256", "index", "start", "end", "text", "section", "headings",
    "half", "cue", "themes", "names", "scores", "uncertain", "evidence", "model",
    "codebook",
]  # fmt: skip


@pytest.fixture(scope="module")
def client(tagger):
    settings = Settings(max_upload_bytes=100_000, max_sentences=50)
    with TestClient(create_app(settings, tagger)) as client:
        yield client


def test_health_themes_model(client, tagger):
    assert client.get("/healthz").json() == {"status": "up"}
    assert client.get("/readyz").json()["model"] == tagger.name
    assert len(client.get("/v1/themes").json()["themes"]) == 15
    assert client.get("/v1/model").json()["name"] == tagger.name


def test_sentences_are_answered_in_order(client):
    texts = [
        "以人民健康为中心。",
        "推进人民医院三甲创建。",
        "136家村卫生室达省基本标准。",
    ]
    answers = client.post("/v1/sentences", json={"sentences": texts}).json()["answers"]
    assert [answer["themes"] for answer in answers] == [[], ["medical"], ["primary"]]


def test_reports_follow_the_contract(client, reports):
    text = "一、深化医改\n医共体建设更加深入。\n"
    body = client.post("/v1/reports", json={"text": text}).json()
    assert list(body["records"][0]) == CONTRACT
    record = body["records"][0]
    assert text[record["start"] : record["end"]] == record["text"]
    assert record["headings"] == ["一、深化医改"]
    assert list(record["scores"]) == list(load_codebook().codes)
    data = reports[2].text.encode()
    for changed, seen in ((data, True), (data + b"\n", False)):
        reply = client.post("/v1/reports", files={"file": ("x.txt", changed)})
        assert reply.json()["trained_on"] is seen


@pytest.mark.parametrize(
    ("path", "sent", "status", "error"),
    [
        ("/v1/sentences", {"json": {"sentences": []}}, 422, "invalid"),
        ("/v1/sentences", {"json": {"sentences": [""]}}, 422, "invalid"),
        ("/v1/sentences", {"json": {"sentences": [1]}}, 422, "invalid"),
        ("/v1/sentences", {"json": {"sentences": "x"}}, 422, "invalid"),
        ("/v1/sentences", {"json": {"sentences": ["x"], "y": 1}}, 422, "invalid"),
        ("/v1/sentences", {"json": {"sentences": ["x"] * 51}}, 422, "too_many"),
        ("/v1/sentences", {"content": b'{"sentences":["\\ud800"]}'}, 422, "invalid"),
        ("/v1/sentences", {"content": b"{"}, 422, "invalid"),
        ("/v1/reports", {"json": {"text": ""}}, 422, "invalid"),
        ("/v1/reports", {"json": {"text": "x", "y": 1}}, 422, "invalid"),
        ("/v1/reports", {"json": {"text": " \n "}}, 422, "empty"),
        ("/v1/reports", {"files": {"file": ("x.txt", b"")}}, 422, "empty"),
        ("/v1/reports", {"files": {"other": ("x.txt", b"x")}}, 422, "no_file"),
        ("/v1/reports", {"json": {"text": "x" * 200_000}}, 413, "too_large"),
        ("/v1/reports", {"content": b"x"}, 415, "unsupported"),
    ],
)
def test_bad_input_gets_a_clear_answer(client, path, sent, status, error):
    if "content" in sent and path == "/v1/sentences":
        sent = {**sent, "headers": {"content-type": "application/json"}}
    reply = client.post(path, **sent)
    assert reply.status_code == status
    assert reply.json()["error"] == error


def test_strange_text_is_no_server_error(client):
    for text in ("\x00\x01", "\ufeff。", "𠀀" * 50, "=1+1", "。" * 500, "\u202e医改。"):
        reply = client.post("/v1/sentences", json={"sentences": [text]})
        assert reply.status_code == 200, text
        reply = client.post("/v1/reports", json={"text": text})
        assert reply.status_code in (200, 422), text


def test_a_body_that_grows_is_cut_off(client):
    def pieces():
        for _ in range(100):
            yield b" " * 10_000

    reply = client.post(
        "/v1/reports", content=pieces(), headers={"content-type": "application/json"}
    )
    assert reply.status_code == 413


def test_not_ready_says_why(tmp_path):
    with TestClient(create_app(Settings(data_dir=tmp_path))) as client:
        reply = client.get("/readyz")
        assert reply.status_code == 503
        assert "policy-themes train" in reply.json()["detail"]
        body = {"sentences": ["推进医改。"]}
        assert client.post("/v1/sentences", json=body).status_code == 503


def test_examples_of_the_docs_work(client):
    paths = client.get("/openapi.json").json()
    schemas = paths["components"]["schemas"]
    example = schemas["Sentences"]["examples"][0]
    assert client.post("/v1/sentences", json=example).status_code == 200
    report = paths["paths"]["/v1/reports"]["post"]["requestBody"]["content"]
    example = report["application/json"]["example"]
    assert client.post("/v1/reports", json=example).status_code == 200


def test_headers_keep_strangers_out(client):
    headers = client.get("/").headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
