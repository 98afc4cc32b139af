"""The HTTP service and the page."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException as StarletteError
from starlette.staticfiles import StaticFiles

from api.limits import BodyLimit
from api.records import decided, records
from api.schemas import Answers, Problem, Records, ReportText, Sentences
from api.settings import Settings
from model.bundle import current, load_tagger
from model.errors import BundleError
from model.tagger import Tagger
from seeds.codebook import load_codebook
from seeds.corpus import read_parts
from seeds.errors import UnreadableFile
from seeds.records import Report

PAGES = Path(__file__).with_name("pages")
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_DOCS_POLICY = "default-src 'self' 'unsafe-inline' https: data:"  # its page is not ours
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    code: {"model": Problem} for code in (413, 415, 422, 503)
}

_SCHEMA = ReportText.model_json_schema()
_REPORT_BODY = {
    "required": True,
    "content": {
        "application/json": {"schema": _SCHEMA, "example": _SCHEMA["examples"][0]},
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {"file": {"type": "string", "format": "binary"}},
            }
        },
    },
}


class Loaded:
    """The model in use, or why there is none."""

    def __init__(self, tagger: Tagger | None) -> None:
        self.tagger = tagger
        self.why = "the model is being loaded"

    def load(self, data_dir: Path) -> None:
        """Load the current bundle, if no model was handed in."""
        if self.tagger is None:
            try:
                self.tagger = load_tagger(current(data_dir))
            except BundleError as error:
                self.why = str(error)

    def ready(self) -> Tagger:
        """Return the model, or answer 503."""
        if self.tagger is None:
            raise HTTPException(503, {"error": "not_ready", "detail": self.why})
        return self.tagger


def create_app(
    settings: Settings | None = None, tagger: Tagger | None = None
) -> FastAPI:
    """Return the service.

    Args:
        settings: read from the environment where left out.
        tagger: the model to use; the current bundle of the data directory where left
            out, loaded when the service starts.
    """
    chosen = settings or Settings()
    loaded = Loaded(tagger)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        loaded.load(chosen.data_dir)
        yield

    app = FastAPI(
        title="policy-themes",
        description="Themes of every sentence of a Chinese health commission's report.",
        lifespan=life,
    )
    app.add_middleware(BodyLimit, most=chosen.max_upload_bytes)
    app.middleware("http")(_with_headers)
    app.exception_handler(StarletteError)(_http_problem)
    app.exception_handler(RequestValidationError)(_invalid)
    app.include_router(_facts(loaded))
    app.include_router(_tagging(loaded, chosen))
    app.mount("/static", StaticFiles(directory=PAGES / "static"))
    return app


def _facts(loaded: Loaded) -> APIRouter:
    """Return the routes that tell about service, codebook and model; and the page."""
    router = APIRouter()

    @router.get("/", response_class=HTMLResponse, include_in_schema=False)
    def page() -> str:
        return (PAGES / "index.html").read_text(encoding="utf-8")

    @router.get("/healthz")
    def healthz() -> dict[str, str]:
        """Tell that the process answers."""
        return {"status": "up"}

    @router.get("/readyz", responses=_PROBLEMS)
    def readyz() -> dict[str, str]:
        """Tell whether a model is loaded."""
        return {"status": "ready", "model": loaded.ready().name}

    @router.get("/v1/themes")
    def themes() -> dict[str, Any]:
        """Return the codebook's themes, in its order."""
        codebook = load_codebook()
        shown = ("code", "name", "colour", "definition", "includes", "excludes")
        return {
            "version": codebook.version,
            "themes": [
                {name: getattr(theme, name) for name in shown}
                for theme in codebook.themes
            ],
        }

    @router.get("/v1/model", responses=_PROBLEMS)
    def model() -> dict[str, Any]:
        """Return the card of the model in use."""
        return loaded.ready().card

    return router


def _tagging(loaded: Loaded, settings: Settings) -> APIRouter:
    """Return the routes that tag."""
    router = APIRouter()
    codebook = load_codebook()

    @router.post("/v1/sentences", responses=_PROBLEMS)
    def sentences(body: Sentences) -> Answers:
        """Tag sentences that stand alone; each is answered, in order."""
        tagger = loaded.ready()
        if len(body.sentences) > settings.max_sentences:
            detail = f"at most {settings.max_sentences} sentences"
            raise HTTPException(422, {"error": "too_many", "detail": detail})
        decisions = tagger.tag_sentences(body.sentences, body.evidence)
        return Answers.model_validate(
            {
                "model": tagger.name,
                "codebook": codebook.version,
                "answers": [decided(decision, codebook) for decision in decisions],
            }
        )

    def tag(data: bytes, name: str) -> Records:
        tagger = loaded.ready()
        parts = read_parts(data, name)
        reports = [part for part in parts if isinstance(part, Report)]
        failed = [
            Problem(error=part.reason, detail=str(part))
            for part in parts
            if isinstance(part, UnreadableFile)
        ]
        if not reports:
            raise HTTPException(422, failed[0].model_dump())
        return Records(
            trained_on=any(r.sha256 in tagger.trained_on for r in reports),
            records=[found for r in reports for found in records(r, tagger, codebook)],
            failed=failed,
        )

    @router.post(
        "/v1/reports", responses=_PROBLEMS, openapi_extra={"requestBody": _REPORT_BODY}
    )
    async def reports(request: Request) -> Records:
        """Tag a report: JSON with its text, or an uploaded file."""
        data, name = await _report_of(request)
        return await run_in_threadpool(tag, data, name)

    return router


async def _report_of(request: Request) -> tuple[bytes, str]:
    """Return the bytes and the name of the report in a request."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        try:
            body = ReportText.model_validate_json(await request.body())
        except ValidationError as error:
            raise RequestValidationError(
                error.errors(
                    include_url=False, include_context=False, include_input=False
                )
            ) from error
        return body.text.encode("utf-8", "replace"), body.name
    if kind == "multipart/form-data":
        async with request.form(max_files=1, max_fields=1) as form:
            upload = form.get("file")
            if upload is None or isinstance(upload, str) or set(form) != {"file"}:
                detail = "send one file in the field `file`"
                raise HTTPException(422, {"error": "no_file", "detail": detail})
            return await upload.read(), Path(upload.filename or "upload").name
    detail = "send application/json or multipart/form-data"
    raise HTTPException(415, {"error": "unsupported", "detail": detail})


async def _with_headers(
    request: Request, call_next: Callable[[Request], Awaitable[Response]]
) -> Response:
    response = await call_next(request)
    for name, value in _HEADERS.items():
        response.headers[name] = value
    if request.url.path in ("/docs", "/redoc"):
        response.headers["Content-Security-Policy"] = _DOCS_POLICY
    return response


async def _http_problem(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, StarletteError)  # noqa: S101  registered for it alone
    detail: Any = error.detail
    if not isinstance(detail, dict):
        detail = {"error": "http", "detail": detail}
    return JSONResponse(detail, error.status_code)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101  see above
    problems = [
        {
            "where": ".".join(map(str, item.get("loc", ()))),
            "what": str(item.get("msg", "")).encode("utf-8", "replace").decode(),
        }
        for item in error.errors()
    ]
    return JSONResponse({"error": "invalid", "detail": problems}, 422)
