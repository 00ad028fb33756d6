import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FilePlace, filesKey } from "@/api/attachments";
import { listAttachments } from "@/api/generated/attachments";
import { FilePicks } from "@/ui/files/FilePicks";
import { FileRows } from "@/ui/files/FileRows";
import { useUploads } from "@/ui/files/useUploads";

const MOST = 200;

interface FieldFilesProps extends FilePlace {
  customer: number;
  /** The name of the field, or what the files are. */
  label: string;
  mayEdit: boolean;
}

/** The files of a field of type attachment, or without one those of the record itself: shown, and
 * where one may, added to and removed. */
export function FieldFiles({ customer, of, record, field, label, mayEdit }: FieldFilesProps) {
  const { t } = useLingui();
  const uploads = useUploads(customer, { of, record, field });
  const { data } = useQuery({
    queryKey: [...filesKey(customer), of, record, field ?? ""],
    queryFn: ({ signal }) =>
      listAttachments(
        customer,
        { of, record_id: record, ...(field && { field }), limit: MOST },
        { signal },
      ),
  });
  const files = (data?.items ?? []).filter((one) => one.field === (field ?? ""));
  return (
    <div className="field-files">
      {(files.length > 0 || uploads.list.length > 0) && (
        <FileRows label={label} files={files} uploads={uploads} />
      )}
      {mayEdit && <FilePicks label={t`给${label}选文件`} onFiles={uploads.send} isSmall />}
    </div>
  );
}
