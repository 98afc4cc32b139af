"""The card of a bundle: what it is, for people."""

from typing import Any


def write_card(manifest: dict[str, Any], metrics: dict[str, Any] | None) -> str:
    """Return the card as Markdown; `metrics` are held-out figures, if there are any."""
    labels = manifest["labels"]
    lines = [
        f"# {manifest['name']}",
        "",
        f"Codebook {manifest['codebook']['version']}; trained on {labels['report']} "
        f"sentences of reports and {labels['authored']} authored ones, "
        "labelled by AI annotators that followed the codebook.",
        "",
    ]
    if not metrics:
        lines.append("Not evaluated: `policy-themes evaluate` prints held-out figures.")
    else:
        lines += [
            f"- {key}: {value:.3f}"
            for key, value in metrics.items()
            if isinstance(value, float)
        ]
    return "\n".join(lines) + "\n"
