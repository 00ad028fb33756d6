"""From the rows of a sheet to drafts: what each row says, and what is wrong with it.

`Reading` is compiled once per sheet from its mapping and then asked row by row; it remembers
the codes and names of the rows before, because a file may name one customer twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zhike.base import clock
from zhike.base.errors import Invalid
from zhike.base.text import name_key, normalise
from zhike.customers.purchases import clean_purchase
from zhike.doors.cells import Reader, gone, plain, readers, standard_type
from zhike.doors.columns import normal
from zhike.doors.draft import Draft, Refuse
from zhike.doors.sheets import STANDARD, TOOL_CARD
from zhike.doors.workbook import Cell, Row
from zhike.doors.writing import WATERMARK
from zhike.fields.checks import CheckFailed

RECORD_PARTS = ("follow_up.", "next.", "care.", "feedback.", "purchase.")


class Reading:
    """Reads the rows of one sheet into drafts.

    `mapping` gives the field of each column, None for one that is left out.
    """

    def __init__(self, mapping: Sequence[str | None], sheet: str = "") -> None:
        self._readers: list[tuple[int, Reader]] = []
        known = readers()
        for column, field in enumerate(mapping):
            if field == "customer.type" and sheet == STANDARD.name:
                self._readers.append((column, standard_type))
            elif field:
                self._readers.append((column, known.get(field, gone)))
        self._column = {field: column for column, field in enumerate(mapping) if field}
        self.has_customers = "customer.name" in self._column
        self.has_code = "customer.code" in self._column
        self.has_records = any(field.startswith(RECORD_PARTS) for field in self._column)
        self._codes: dict[str, int] = {}
        self._names: dict[str, int] = {}
        self._identities: dict[str, int] = {}

    def column_of(self, field: str) -> int:
        """The index of the column that leads to a field, in 万元 too; -1 if none does."""
        return self._column.get(field, self._column.get(f"{field}_wan", -1))

    def drafts(self, rows: Iterable[Row]) -> Iterator[Draft]:
        """The drafts of rows in their order; the watermark line of an export is left out."""
        for number, cells in rows:
            first = cells[0] if cells else ""
            alone = isinstance(first, str) and first.startswith(WATERMARK) and not any(cells[1:])
            if not alone:
                yield self.draft(number, cells)

    def draft(self, number: int, cells: Sequence[Cell]) -> Draft:
        """The draft of one row."""
        draft = Draft(number)
        width = len(cells)
        for column, read in self._readers:
            if column >= width:
                continue
            value = cells[column]
            if value == "" or value is None:
                continue
            try:
                read(value, draft, column)
            except (CheckFailed, Refuse) as failed:
                if not (isinstance(failed, CheckFailed) and failed.reason == "empty"):
                    draft.refuse_cell(column, str(failed))
        self._check(draft)
        return draft

    def _check(self, draft: Draft) -> None:
        customer = draft.customer
        if self.has_customers:
            if "name" not in customer:
                self._without_name(draft)
            else:
                self._check_name(draft)
        elif "code" not in customer:
            draft.refuse(
                self.column_of("customer.code"), "没有客户编号，不知道是哪位客户。请填写客户编号"
            )
        since, until = customer.get("cooperation_since"), customer.get("cooperation_until")
        if since and until and until < since:
            del customer["cooperation_until"]
            column = self.column_of("customer.cooperation_until")
            draft.refuse_cell(column, "合作到期时间早于合作开始时间，请核对")
        if self.has_customers and "code" in customer:
            self._check_code(draft)
        if "identity" in customer:
            self._check_identity(draft)
        if draft.purchase:
            self._check_purchase(draft)

    def _without_name(self, draft: Draft) -> None:
        column = self.column_of("customer.name")
        if not any(problem.column == column for problem in draft.problems):
            draft.refuse(column, "没有客户名称。请补上名称后再导入这一行")
            return
        draft.refuse(column, "客户名称不能用，整行没有导入")

    def _check_name(self, draft: Draft) -> None:
        """Two rows of one name: likely one customer, but two codes are the sender's word."""
        name = draft.customer["name"]
        if "*" in name:
            return  # a masked name tells nobody from anybody
        key = name if name.isalnum() else name_key(name)
        seen = self._names.setdefault(key, draft.row)
        if seen != draft.row:
            column = self.column_of("customer.name")
            draft.warn(column, f"与第 {seen} 行的客户名称相同，请确认不是重复录入")

    def _check_identity(self, draft: Draft) -> None:
        seen = self._identities.setdefault(draft.customer["identity"], draft.row)
        if seen != draft.row:
            column = self.column_of("customer.identity")
            draft.refuse(column, f"证件号码与第 {seen} 行相同，是同一位客户。请合并成一行")

    def _check_purchase(self, draft: Draft) -> None:
        """A purchase that lacks its day or what was bought is none."""
        try:
            draft.purchase = clean_purchase(draft.purchase, clock.now(), new=True)
            return
        except Invalid as wrong:
            told = wrong.errors
        draft.purchase = {}
        for name, message in told:
            column = self.column_of(f"purchase.{name}")
            if self.has_customers:
                draft.refuse_cell(column, message.rstrip("。"))
            else:
                draft.refuse(column, message)

    def _check_code(self, draft: Draft) -> None:
        code = draft.customer["code"]
        seen = self._codes.setdefault(code, draft.row)
        if seen != draft.row:
            column = self.column_of("customer.code")
            draft.refuse(column, f"客户编号与第 {seen} 行相同。请核对后改一个编号")


def card_row(position: int, rows: Iterable[Row]) -> Row:
    """The values of a tool card as one row, in the order of `TOOL_CARD.columns`.

    `position` stands for the row number: the first card is 1.
    """
    values: dict[str, Cell] = {}
    for _, cells in rows:
        if len(cells) > 1:
            label = normal(plain(cells[0]) if cells[0] != "" else "")
            if label and normalise(plain(cells[1])):
                values.setdefault(label, cells[1])
    return position, [values.get(normal(header), "") for header, _ in TOOL_CARD.columns]
