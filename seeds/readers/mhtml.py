"""MHTML, the "single file web page" of Word and of browsers: its first HTML part."""

import email
import email.policy

from seeds.errors import UnreadableFile


def page_of(data: bytes, path: str) -> bytes:
    """Return the bytes of the page in an MHTML file.

    Raises:
        UnreadableFile: `broken` where no page is in it.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return page
    raise UnreadableFile(path, "broken", "no page in the MHTML file")
