import { CloudUploadOutlined, PaperClipOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { filesKey } from "@/api/attachments";
import { useFields } from "@/api/fields";
import { listAttachments } from "@/api/generated/attachments";
import type { AttachmentOut, CustomerOut } from "@/api/generated/zhike.schemas";
import { useIsTouch } from "@/lib/screen";
import { EmptyState } from "@/ui/EmptyState";
import { FilePicks } from "@/ui/files/FilePicks";
import { FileRows } from "@/ui/files/FileRows";
import { useFileDrop, useFilePaste } from "@/ui/files/useFileDrop";
import { useUploads } from "@/ui/files/useUploads";
import { MoreWhenSeen } from "@/ui/MoreWhenSeen";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/customers/attachments/attachments.css";

const PAGE_SIZE = 100;
const GROUPS = ["basic", "needs", "cooperation", "notes"];

/** 附件: every file of a customer and its records; new ones are dropped, chosen or pasted. */
export function Attachments({ customer }: { customer: CustomerOut }) {
  const { t } = useLingui();
  const isTouch = useIsTouch();
  const uploads = useUploads(customer.id, { of: "customer", record: customer.id });
  const mayAdd =
    customer.can.log ||
    (customer.can.edit && GROUPS.some((group) => customer.fields[group] === "edit"));
  const isOver = useFileDrop(uploads.send, mayAdd);
  useFilePaste(uploads.send, mayAdd);
  const about = useAbout();
  const found = useInfiniteQuery({
    queryKey: [...filesKey(customer.id), "all"],
    queryFn: ({ pageParam, signal }) =>
      listAttachments(
        customer.id,
        { limit: PAGE_SIZE, ...(pageParam && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const files = found.data?.pages.flatMap((page) => page.items) ?? [];
  const isEmpty = found.isSuccess && files.length === 0 && uploads.list.length === 0;
  const words = isTouch ? (
    <Trans>合同、报价单、现场照片，都可以放进来。</Trans>
  ) : (
    <Trans>把合同、报价单、现场照片拖到这里；截图可以直接粘贴。</Trans>
  );
  return (
    <section className={`attachments ${isOver ? "is-over" : ""}`} aria-label={t`附件`}>
      {isOver && (
        <p className="attachments-over">
          <CloudUploadOutlined aria-hidden /> <Trans>松手就好</Trans>
        </p>
      )}
      {isEmpty && (
        <EmptyState
          icon={<PaperClipOutlined />}
          title={t`还没有附件`}
          action={mayAdd && <FilePicks label={t`选择附件`} onFiles={uploads.send} />}
        >
          {mayAdd ? words : <Trans>合同、报价单、照片会收在这里。</Trans>}
        </EmptyState>
      )}
      {mayAdd && !isEmpty && (
        <div className="attachments-zone">
          <span className="soft">{words}</span>
          <FilePicks label={t`选择附件`} onFiles={uploads.send} />
        </div>
      )}
      {found.isPending && <Skeleton active title={false} paragraph={{ rows: 5 }} />}
      {found.error && <Trouble error={found.error} onRetry={() => void found.refetch()} />}
      {!isEmpty && <FileRows label={t`附件`} files={files} uploads={uploads} about={about} />}
      {found.hasNextPage && (
        <MoreWhenSeen
          isLoading={found.isFetchingNextPage}
          onSeen={() => {
            if (!found.isFetchingNextPage) void found.fetchNextPage();
          }}
        />
      )}
    </section>
  );
}

/** Tells which record, or which of its fields, a file hangs on; nothing for the customer itself. */
function useAbout(): (file: AttachmentOut) => string {
  const { t } = useLingui();
  const fields = {
    customer: useFields("customer").byKey,
    contact: useFields("contact").byKey,
    follow_up: useFields("follow_up").byKey,
  };
  const records: Record<string, string> = {
    contact: t`联系人`,
    follow_up: t`跟进`,
    purchase: t`购买`,
    problem: t`问题`,
  };
  return (file) => {
    const field = fields[file.of as keyof typeof fields]?.get(file.field)?.label;
    const told = [records[file.of], field].filter(Boolean).join("：");
    return told && ` · ${told}`;
  };
}
