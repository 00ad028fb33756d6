import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { type FilePlace, filesKey, uploadFile } from "@/api/attachments";
import { messageOf } from "@/api/problem";

/** A file on its way, or one that was refused. */
export interface Upload {
  key: number;
  name: string;
  size: number;
  /** How much of it has left: 0 … 1. */
  progress: number;
  problem: string | null;
}

export interface Uploads {
  list: Upload[];
  send: (files: File[]) => void;
  /** Takes a refused one off the list. */
  forget: (key: number) => void;
}

/** Sends files one after the other. What was refused stays on the list with the reason. */
export function useUploads(customer: number, place: FilePlace): Uploads {
  const { t } = useLingui();
  const cache = useQueryClient();
  const [list, setList] = useState<Upload[]>([]);
  const last = useRef<Promise<void>>(Promise.resolve());
  const count = useRef(0);
  const change = (key: number, part: Partial<Upload>) =>
    setList((before) => before.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const forget = (key: number) => setList((before) => before.filter((one) => one.key !== key));

  const carry = async (key: number, file: File) => {
    try {
      await uploadFile(customer, file, place, (progress) => change(key, { progress }));
      await refreshFiles(cache, customer);
      forget(key);
    } catch (error) {
      change(key, { problem: messageOf(error) });
    }
  };
  const send = (files: File[]) => {
    for (const file of files) {
      count.current += 1;
      const key = count.current;
      const problem = file.size === 0 ? t`这是个空文件，请看看是不是选错了` : null;
      const upload = { key, name: file.name, size: file.size, progress: 0, problem };
      setList((before) => [...before, upload]);
      if (problem === null) last.current = last.current.then(() => carry(key, file));
    }
  };
  return { list, send, forget };
}

/** Files were added or removed: the lists, their count, and what the time line tells of it. */
export async function refreshFiles(
  cache: ReturnType<typeof useQueryClient>,
  customer: number,
): Promise<void> {
  void cache.invalidateQueries({ queryKey: ["customer", customer] });
  void cache.invalidateQueries({ queryKey: ["timeline", customer] });
  await cache.invalidateQueries({ queryKey: filesKey(customer) });
}
