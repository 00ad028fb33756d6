import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { filesKey } from "@/api/attachments";
import { useFields } from "@/api/fields";
import { listAttachments } from "@/api/generated/attachments";
import type { AttachmentOut } from "@/api/generated/zhike.schemas";
import { forget, sendAgain, useChosen } from "@/rooms/care/followUpFiles/chosen";
import { useSending } from "@/rooms/care/followUpFiles/useSending";
import { FileRows } from "@/ui/files/FileRows";
import type { Uploads } from "@/ui/files/useUploads";
import "@/rooms/care/followUpFiles/followUpFiles.css";

const PAGE_SIZE = 200;

interface FollowUpFilesProps {
  customer: number;
  followUp: number;
  /** Has the customer any files at all? Without them nobody is asked. */
  hasFiles: boolean;
}

/** The files of a follow-up in the time line, and those still on their way. */
export function FollowUpFiles({ customer, followUp, hasFiles }: FollowUpFilesProps) {
  const { t } = useLingui();
  const { data } = useFilesOfFollowUps(customer, hasFiles);
  const { byKey } = useFields("follow_up");
  const sendingTo = useSending();
  const coming = useChosen().filter((one) => one.to === followUp);
  const files = data?.get(followUp) ?? [];
  if (files.length === 0 && coming.length === 0) return null;
  const uploads: Pick<Uploads, "list" | "forget"> = {
    list: coming.map(({ key, file, progress, problem }) => ({
      key,
      name: file.name,
      size: file.size,
      progress,
      problem,
    })),
    forget,
  };
  const refused = coming.filter(({ problem }) => problem !== null);
  return (
    <div className="field-files follow-up-files">
      <FileRows
        label={t`这条跟进的附件`}
        files={files}
        uploads={uploads}
        about={({ field }) => field && ` · ${byKey.get(field)?.label ?? ""}`}
      />
      {refused.length > 0 && (
        <Button
          size="small"
          onClick={() => {
            for (const { key } of refused) sendAgain(key, sendingTo(customer, followUp));
          }}
        >{t`再传一次`}</Button>
      )}
    </div>
  );
}

/** All files that hang on follow-ups of a customer, by follow-up. */
function useFilesOfFollowUps(customer: number, hasFiles: boolean) {
  return useQuery({
    queryKey: [...filesKey(customer), "of follow-ups"],
    enabled: hasFiles,
    queryFn: async ({ signal }) => {
      const files = new Map<number, AttachmentOut[]>();
      let cursor: string | null = null;
      do {
        const asked = { of: "follow_up", limit: PAGE_SIZE, ...(cursor && { cursor }) };
        const page = await listAttachments(customer, asked, { signal });
        for (const one of page.items)
          files.set(one.record_id, [...(files.get(one.record_id) ?? []), one]);
        cursor = page.next;
      } while (cursor);
      return files;
    },
  });
}
