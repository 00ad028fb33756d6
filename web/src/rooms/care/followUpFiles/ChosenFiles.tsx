import { CloseOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { choose, forget, useChosen } from "@/rooms/care/followUpFiles/chosen";
import { FileIcon } from "@/ui/files/FileIcon";
import { FilePicks } from "@/ui/files/FilePicks";
import { sizeText } from "@/ui/files/fileKinds";
import "@/ui/files/files.css";
import "@/rooms/care/followUpFiles/followUpFiles.css";

interface ChosenFilesProps {
  person: number;
  customer: number;
}

/** The files that will go with the follow-up that is being written. */
export function ChosenFiles({ person, customer }: ChosenFilesProps) {
  const { t } = useLingui();
  const chosen = useChosenOf(person, customer);
  if (chosen.length === 0) return null;
  return (
    <ul className="chosen-files" aria-label={t`随这条跟进的附件`}>
      {chosen.map(({ key, file }) => (
        <li key={key}>
          <FileIcon name={file.name} />
          <span className="chosen-name">{file.name}</span>
          <small className="faint">{sizeText(file.size)}</small>
          <button
            type="button"
            aria-label={t`不要${file.name}`}
            title={t`去掉`}
            onClick={() => forget(key)}
          >
            <CloseOutlined />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Chooses files for the follow-up that is being written. */
export function ChooseFiles({ person, customer }: ChosenFilesProps) {
  const { t } = useLingui();
  return (
    <FilePicks
      label={t`给这条跟进加附件`}
      isBare
      onFiles={(files) => choose(person, customer, files)}
    />
  );
}

export function useChosenOf(person: number, customer: number) {
  return useChosen().filter(
    (one) => one.to === "draft" && one.person === person && one.customer === customer,
  );
}
