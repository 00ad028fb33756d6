import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App, Input, type InputRef, Skeleton } from "antd";
import { useRef, useState } from "react";
import { messageOf } from "@/api/problem";
import { serverColour } from "@/rooms/fields/colours";
import { EntryLine } from "@/rooms/fields/EntryLine";
import { addEntry, type Entry, orderEntries, type Words } from "@/rooms/fields/fieldApi";
import { useDictionaries, useFieldRefresh, wordKey } from "@/rooms/fields/fieldQueries";
import { RetireDialog } from "@/rooms/fields/RetireDialog";
import { RetiredEntries } from "@/rooms/fields/RetiredEntries";
import { SortableList } from "@/ui/sorting/SortableList";
import { Trouble } from "@/ui/Trouble";

const LONGEST = 40;
const ROUND = ["blue", "green", "amber", "violet", "teal", "red", "grey"];

/** The words of one dictionary, changed where they stand; every change counts at once. */
export function DictionaryEntries({ name }: { name: string }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const refresh = useFieldRefresh();
  const { data, error, refetch } = useDictionaries();
  const [retiring, setRetiring] = useState<Entry | null>(null);
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  const words = data.items.find((one) => one.name === name);
  if (!words) return <p className="soft">{t`没有找到这组选项`}</p>;
  const offered = words.entries.filter((one) => !one.retired);
  const retired = words.entries.filter((one) => one.retired);

  const order = async (next: Entry[]) => {
    cache.setQueryData<{ items: Words[] }>(wordKey, {
      items: data.items.map((one) =>
        one.name === name ? { ...one, entries: [...next, ...retired] } : one,
      ),
    });
    try {
      await orderEntries(
        name,
        next.map((one) => one.value),
      );
    } catch (problem) {
      message.error(messageOf(problem));
    }
    await refresh();
  };
  return (
    <div className="entries">
      {words.fixed && (
        <p className="form-note">{t`系统要用到这几个选项，名字和颜色可以改，不能增减。`}</p>
      )}
      <SortableList
        label={words.label}
        items={offered}
        idOf={(one) => one.value}
        nameOf={(one) => one.label}
        onOrder={(next) => void order(next)}
      >
        {(entry) => (
          <EntryLine
            dictionary={name}
            entry={entry}
            isFixed={words.fixed}
            onRetire={() => setRetiring(entry)}
          />
        )}
      </SortableList>
      {!words.fixed && <NewEntry dictionary={name} count={words.entries.length} />}
      <RetiredEntries words={words} retired={retired} />
      <RetireDialog
        words={words}
        entry={retiring}
        offered={offered}
        onClose={() => setRetiring(null)}
      />
    </div>
  );
}

/** The line at the end: a word, Enter, the next one. */
function NewEntry({ dictionary, count }: { dictionary: string; count: number }) {
  const { t } = useLingui();
  const refresh = useFieldRefresh();
  const input = useRef<InputRef>(null);
  const [label, setLabel] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const add = async () => {
    if (!label.trim() || isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      const color = serverColour(ROUND[count % ROUND.length] ?? "grey");
      await addEntry(dictionary, { label: label.trim(), color });
      setLabel("");
      await refresh();
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
      window.setTimeout(() => input.current?.focus());
    }
  };
  return (
    <div className="entry-new">
      <Input
        ref={input}
        aria-label={t`新选项`}
        placeholder={t`写个新选项，按回车加上`}
        maxLength={LONGEST}
        value={label}
        status={problem ? "error" : ""}
        readOnly={isBusy}
        onChange={(event) => {
          setLabel(event.target.value);
          setProblem(null);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.stopPropagation();
          void add();
        }}
      />
      {problem && (
        <small className="danger" role="alert">
          {problem}
        </small>
      )}
    </div>
  );
}
