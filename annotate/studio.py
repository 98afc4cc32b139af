"""Label Studio: the project, its tasks, its answers. The only module with its SDK."""

import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from label_studio_sdk import LabelStudio
from label_studio_sdk.core.api_error import ApiError

from annotate.errors import StudioDown, StudioRefused, VoteError
from annotate.gold import Vote
from annotate.screen import labelling_config
from annotate.tasks import answer, read_answer
from seeds.codebook import Codebook

TITLE = "政策主题"
BATCH = 500
_TIMEOUT = 60.0  # seconds
_REFUSED = (401, 403)


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did."""

    added: int
    already: int


class Studio:
    """One project on one Label Studio server.

    Args:
        url: of the server, `http://127.0.0.1:8080`.
        token: of an account.
        codebook: the themes.
        title: of the project; found by it, made if missing.

    Raises:
        StudioDown: nobody answers at the address.
        StudioRefused: the server does not accept the token.
    """

    def __init__(
        self, url: str, token: str, codebook: Codebook, title: str = TITLE
    ) -> None:
        self.url = url.rstrip("/")
        self.codebook = codebook
        http = httpx.Client(timeout=_TIMEOUT, follow_redirects=True)
        weakref.finalize(self, http.close)
        self._api: Any = LabelStudio(  # type: ignore[no-untyped-call]
            base_url=self.url, api_key=token, httpx_client=http
        )
        with self._errors():
            self.project: int = self._find(title) or self._create(title)

    def _find(self, title: str) -> int | None:
        for project in self._api.projects.list():
            if project.title == title:
                if project.label_config != labelling_config(self.codebook):
                    self._api.projects.update(
                        id=project.id, label_config=labelling_config(self.codebook)
                    )
                return int(project.id)
        return None

    def _create(self, title: str) -> int:
        project = self._api.projects.create(
            title=title,
            description=f"编码手册第 {self.codebook.version} 版",
            label_config=labelling_config(self.codebook),
            maximum_annotations=2,
            sampling="Sequential sampling",
            show_skip_button=False,
        )
        return int(project.id)

    def tasks(self) -> dict[str, int]:
        """Return the id of every task by its `sid`."""
        with self._errors():
            tasks = self._api.tasks.list(
                project=self.project,
                page_size=1000,
                fields="task_only",
                include="id,data",
            )
            return {task.data["sid"]: int(task.id) for task in tasks}

    def push(
        self,
        data: Sequence[dict[str, Any]],
        progress: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> Pushed:
        """Add the tasks the project does not have yet; run again, it goes on.

        Args:
            data: from `annotate.tasks.task_data`.
            progress: is told how many of how many are done.
        """
        have = self.tasks()
        missing = [item for item in data if item["sid"] not in have]
        for start in range(0, len(missing), BATCH):
            batch = [{"data": item} for item in missing[start : start + BATCH]]
            with self._errors():
                self._api.projects.import_tasks(id=self.project, request=batch)
            progress(min(start + BATCH, len(missing)), len(missing))
        return Pushed(len(missing), len(data) - len(missing))

    def vote(
        self,
        task: int,
        themes: Sequence[str],
        comment: str = "",
        discuss: bool = False,
    ) -> None:
        """Answer a task as the account of this token."""
        with self._errors():
            self._api.annotations.create(
                id=task, result=answer(themes, comment, discuss), lead_time=1.0
            )

    def pull(self) -> dict[str, list[Vote]]:
        """Return the votes by `sid`; of one account the latest counts.

        Raises:
            VoteError: names the link of every task with an answer that cannot be.
        """
        votes: dict[str, dict[str, Vote]] = {}
        problems: list[str] = []
        with self._errors():
            accounts = {user.id: user.email for user in self._api.users.list()}
            exported = self._api.projects.exports.as_json(self.project)
        for task in exported:
            for annotation in task.get("annotations", []):
                if annotation.get("was_cancelled"):
                    continue
                account = accounts.get(annotation.get("completed_by"), "unknown")
                vote = read_answer(annotation, account, self.codebook)
                if isinstance(vote, str):
                    problems.append(f"{self.link(task['id'])}: {vote} ({account})")
                    continue
                of_task = votes.setdefault(task["data"]["sid"], {})
                if account not in of_task or of_task[account].at <= vote.at:
                    of_task[account] = vote
        if problems:
            raise VoteError(problems)
        return {sid: list(of_task.values()) for sid, of_task in votes.items()}

    def link(self, task: int) -> str:
        """Return the address of a task's page."""
        return f"{self.url}/projects/{self.project}/data?task={task}"

    def open_account(self, email: str, password: str) -> str:
        """Open an account for a further annotator and return its token."""
        with self._errors():
            invite = self._api.organizations.invites.get_invite_link().token
            with httpx.Client(base_url=self.url, timeout=_TIMEOUT) as browser:
                page = f"/user/signup/?token={invite}"
                browser.get(page)
                form = {
                    "email": email,
                    "password": password,
                    "csrfmiddlewaretoken": browser.cookies["csrftoken"],
                    "allow_newsletters": "false",
                    "how_find_us": "Other",
                }
                reply = browser.post(page, data=form, headers={"Referer": self.url})
                if reply.status_code != 302:
                    raise StudioRefused(f"{self.url}: no account for {email}")
                return str(browser.get("/api/current-user/token").json()["token"])

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Translate the errors of the SDK."""
        try:
            yield
        except httpx.TransportError as error:
            raise StudioDown(
                f"{self.url}: no Label Studio answers ({type(error).__name__}); "
                "start it with `policy-themes studio up`"
            ) from error
        except ApiError as error:
            if error.status_code in _REFUSED:
                raise StudioRefused(f"{self.url}: the token is not accepted") from error
            raise StudioRefused(
                f"{self.url}: {error.status_code} {str(error.body)[:300]}"
            ) from error
