"""What the service takes and gives."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1, max_length=10_000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Sentences(_Strict):
    """Sentences that stand alone."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "examples": [
                {
                    "sentences": [
                        "136家村卫生室达省基本标准。",
                        "推进人民医院三甲创建。",
                    ]
                }
            ]
        },
    )

    sentences: list[Text] = Field(min_length=1)
    evidence: bool = True


class ReportText(_Strict):
    """The text of one report."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "examples": [
                {
                    "name": "2024年工作总结.txt",
                    "text": "一、深化医改\n医共体建设更加深入。\n二、基层卫生\n"
                    "136家村卫生室达省基本标准。",
                }
            ]
        },
    )

    text: str = Field(min_length=1)
    name: str = Field(default="report.txt", max_length=255)


class Problem(BaseModel):
    """The one shape of every error."""

    error: str = Field(examples=["empty"])
    detail: Any = Field(examples=["report.txt: no sentence found (empty)"])


class Answer(BaseModel):
    """What the model decided about one sentence."""

    themes: list[str] = Field(examples=[["primary"]])
    names: list[str] = Field(examples=[["基层"]])
    scores: dict[str, float] = Field(examples=[{"primary": 0.93, "reform": 0.04}])
    uncertain: bool
    evidence: list[dict[str, Any]] = Field(
        examples=[
            [{"theme": "primary", "start": 4, "end": 8, "share": 0.7, "from": "own"}]
        ]
    )


class Answers(BaseModel):
    """Answers in the order of the sentences."""

    model: str
    codebook: str
    answers: list[Answer]


class Records(BaseModel):
    """The records of the reports found in a text."""

    trained_on: bool  # the model has seen this very file
    records: list[dict[str, Any]]
    failed: list[Problem] = []  # parts of the file (of a zip) that could not be read
