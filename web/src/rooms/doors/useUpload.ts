import { t } from "@lingui/core/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type ImportOut, uploadImport } from "@/api/doors";
import { messageOf } from "@/api/problem";
import { doorKeys } from "@/rooms/doors/queries";

export const FILE_TYPES = [".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".csv"];
const LARGEST = 50 << 20;

interface UploadProblem {
  name: string;
  message: string;
}

export interface Upload {
  send: (files: File[]) => void;
  isBusy: boolean;
  /** The file on its way. */
  name: string;
  problems: UploadProblem[];
  forget: () => void;
}

/** Sends files to be read, one after the other. What cannot be a workbook is told before it travels. */
export function useUpload(onUploaded: (imports: ImportOut[]) => void): Upload {
  const cache = useQueryClient();
  const [name, setName] = useState("");
  const [problems, setProblems] = useState<UploadProblem[]>([]);
  const send = async (files: File[]) => {
    if (name || files.length === 0) return;
    setProblems([]);
    const taken: ImportOut[] = [];
    for (const file of files) {
      setName(file.name);
      const refused = refusal(file);
      try {
        if (refused) throw new Error(refused);
        const created = await uploadImport(file);
        cache.setQueryData(doorKeys.import(created.id), created);
        taken.push(created);
      } catch (error) {
        const message = refused ?? messageOf(error);
        setProblems((before) => [...before, { name: file.name, message }]);
      }
    }
    setName("");
    void cache.invalidateQueries({ queryKey: doorKeys.imports });
    if (taken.length > 0) onUploaded(taken);
  };
  return {
    send: (files) => void send(files),
    isBusy: name !== "",
    name,
    problems,
    forget: () => setProblems([]),
  };
}

function refusal(file: File): string | null {
  const ending = file.name.slice(file.name.lastIndexOf(".")).toLowerCase();
  if (!FILE_TYPES.includes(ending)) {
    return t`这种文件读不了，请换成 Excel（xlsx、xls）或 CSV`;
  }
  if (file.size === 0) return t`这是个空文件，请看看是不是选错了`;
  if (file.size > LARGEST) return t`文件超过 50 MB，请拆成几份再传`;
  return null;
}
