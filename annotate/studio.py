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
from annotate.screen import LABELLING, Screen, labelling_config
from annotate.tasks import answer, read_answer
from seeds.codebook import Codebook

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
        screen: of the project; found by its title, made if missing.

    Raises:
        StudioDown: nobody answers at the address.
        StudioRefused: the server does not accept the token.
    """

    def __init__(
        self, url: str, token: str, codebook: Codebook, screen: Screen = LABELLING
    ) -> None:
        self.url = url.rstrip("/")
        self.codebook = codebook
        self.screen = screen
        http = httpx.Client(timeout=_TIMEOUT, follow_redirects=True)
        weakref.finalize(self, http.close)
        self._api: Any = LabelStudio(  # type: ignore[no-untyped-call]
            base_url=self.url, api_key=token, httpx_client=http
        )
        with self._errors():
            self.project: int = self._find() or self._create()

    def _find(self) -> int | None:
        config = labelling_config(self.codebook, self.screen)
        for project in self._api.projects.list():
            if project.title == self.screen.title:
                if project.label_config != config:
                    self._api.projects.update(id=project.id, label_config=config)
                return int(project.id)
        return None

    def _create(self) -> int:
        project = self._api.projects.create(
            title=self.screen.title,
            description=f"编码手册第 {self.codebook.version} 版",
            label_config=labelling_config(self.codebook, self.screen),
            maximum_annotations=self.screen.answers,
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
        instead_of: int | None = None,
    ) -> None:
        """Answer a task as the account of this token.

        Args:
            task: its id.
            themes: chosen ones; none of them is 无主题.
            comment: the reason.
            discuss: whether 需讨论 is ticked.
            instead_of: id of the account's own annotation that is changed.
        """
        result = answer(themes, comment, discuss)
        with self._errors():
            if instead_of is None:
                self._api.annotations.create(id=task, result=result, lead_time=1.0)
            else:
                self._api.annotations.update(id=instead_of, result=result)

    def pull(self) -> dict[str, list[Vote]]:
        """Return the votes by `sid`; of one account the latest counts.

        Raises:
            VoteError: names the link of every task with an answer that cannot be.
        """
        votes: dict[str, dict[str, Vote]] = {}
        problems: list[str] = []
        for task, sid, account, annotation in self._annotations():
            vote = read_answer(annotation, account, self.codebook, self.screen)
            if isinstance(vote, str):
                problems.append(f"{self.link(task)}: {vote} ({account})")
                continue
            of_task = votes.setdefault(sid, {})
            if account not in of_task or of_task[account].at <= vote.at:
                of_task[account] = vote
        if problems:
            raise VoteError(problems)
        return {sid: list(of_task.values()) for sid, of_task in votes.items()}

    def own(self, account: str) -> dict[str, tuple[int, Vote | str]]:
        """Return by `sid` the latest answer of an account.

        Returns:
            id of the annotation, and the vote or what is wrong with it.
        """
        found: dict[str, tuple[int, Vote | str]] = {}
        for _, sid, whose, annotation in self._annotations():
            number = int(annotation["id"])
            if whose == account and found.get(sid, (0, ""))[0] < number:
                vote = read_answer(annotation, account, self.codebook, self.screen)
                found[sid] = number, vote
        return found

    def _annotations(self) -> Iterator[tuple[int, str, str, dict[str, Any]]]:
        """Yield task, `sid`, account and annotation of all that was not skipped."""
        with self._errors():
            accounts = {user.id: user.email for user in self._api.users.list()}
            exported = self._api.projects.exports.as_json(self.project)
        for task in exported:
            for annotation in task.get("annotations", []):
                if not annotation.get("was_cancelled"):
                    account = accounts.get(annotation.get("completed_by"), "unknown")
                    yield int(task["id"]), task["data"]["sid"], account, annotation

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
