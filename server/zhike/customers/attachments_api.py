"""Files of customers and their records, over HTTP."""

from datetime import datetime
from typing import Any, cast

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.base.filestore import Source
from zhike.base.filetypes import SHOWN_IN_PLACE
from zhike.customers import attachments
from zhike.customers.criteria import Word

router = Router(tags=["attachments"])
# A file from outside runs nothing and asks for nothing, wherever it is shown. Chrome shows no PDF
# in a sandbox at all; a PDF is no page, and its viewer is one already.
_NOTHING = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'"
_SANDBOX = f"{_NOTHING}; sandbox"
_PDF = f"{_NOTHING}; object-src 'self'"


class Uploader(Schema):
    id: int
    name: str


class AttachmentOut(Schema):
    id: int
    customer_id: int
    of: str = Field(description="customer、contact、follow_up、purchase 或 problem")
    record_id: int
    field: str = Field(description="附件字段的键，没有就为空")
    name: str
    media_type: str
    size: int = Field(description="字节")
    can_show: bool = Field(description="可以在页面里看：content?inline=true")
    uploaded_by: Uploader | None
    uploaded_at: datetime
    may_edit: bool


class AttachmentPage(Schema):
    items: list[AttachmentOut]
    next: str | None


@router.get("/customers/{customer_id}/attachments", response=AttachmentPage)
def list_attachments(
    request: Request,
    customer_id: int,
    of: Word | None = None,
    record_id: int | None = Query(None, ge=1, lt=2**63),
    field: Word | None = None,
    cursor: str | None = None,
    limit: int = Query(100, ge=1, le=200),
) -> dict[str, Any]:
    """List the files of a customer and its records, the newest first."""
    items, following = attachments.page(
        request.auth,
        customer_id,
        of=of,
        record_id=record_id,
        field=field,
        cursor=cursor,
        limit=limit,
    )
    return {"items": items, "next": following}


@router.post("/customers/{customer_id}/attachments", response={201: AttachmentOut})
def attach(
    request: Request,
    customer_id: int,
    file: UploadedFile = File(...),  # noqa: B008
    of: str = Form("customer"),
    record_id: int | None = Form(None),
    field: str = Form(""),
) -> Status:
    """Attach a file."""
    made = attachments.attach(
        actor=request.auth,
        now=clock.now(),
        customer_id=customer_id,
        name=file.name or "",
        source=cast(Source, file.file),
        of=of,
        record_id=record_id,
        field=field,
    )
    return Status(201, attachments.shown(made, may_edit=True))


@router.get("/attachments/{attachment_id}/content")
def content(request: Request, attachment_id: int, inline: bool = False) -> StreamingHttpResponse:
    """Return a file, to be saved, or with `inline` an image or a PDF to be shown."""
    found, pieces = attachments.fetch(
        actor=request.auth, now=clock.now(), attachment_id=attachment_id
    )
    shown = inline and found.media_type in SHOWN_IN_PLACE
    answer = StreamingHttpResponse(pieces, content_type=found.media_type)
    answer["Content-Length"] = str(found.size)
    answer["Content-Disposition"] = content_disposition_header(not shown, found.name) or ""
    answer["X-Content-Type-Options"] = "nosniff"
    is_pdf = shown and found.media_type == "application/pdf"
    answer["Content-Security-Policy"] = _PDF if is_pdf else _SANDBOX
    if shown:
        answer["X-Frame-Options"] = "SAMEORIGIN"
    return answer


@router.delete("/attachments/{attachment_id}", response={204: None})
def remove(request: Request, attachment_id: int) -> Status:
    """Put a file into the trash."""
    attachments.remove(actor=request.auth, now=clock.now(), attachment_id=attachment_id)
    return Status(204, None)


@router.post("/attachments/{attachment_id}/restoration", response=AttachmentOut)
def restore(request: Request, attachment_id: int) -> dict[str, Any]:
    """Bring a file back from the trash."""
    back = attachments.restore(actor=request.auth, now=clock.now(), attachment_id=attachment_id)
    return attachments.shown(back, may_edit=True)
