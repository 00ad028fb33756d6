import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App } from "antd";
import { type ReactNode, useState } from "react";
import { ApiProblem, messageOf } from "@/api/problem";
import { refreshSheets, type SheetActions, type SheetKind } from "@/rooms/care/sheets/queries";
import { Theirs } from "@/rooms/care/Theirs";
import { FormDrawer } from "@/ui/FormDrawer";
import "@/rooms/care/sheets/sheets.css";

/** What is wrong, by field. */
type Problems = Record<string, string>;

interface SheetFormProps<Sheet, Said> {
  title: string;
  kind: SheetKind;
  actions: SheetActions<Sheet, Said, Said & { version: number }>;
  /** The one to change; null for a new one. */
  before: Sheet | null;
  /** What will be saved. */
  said: Said;
  /** The fields that stand in the form: a refusal of another one stands above it. */
  fields: (keyof Said & string)[];
  /** What a colleague made of it meanwhile. */
  theirs: (sheet: Sheet) => ReactNode;
  onClose: () => void;
  children: (problems: Problems) => ReactNode;
}

/** The form of a sheet: saves what was said, and shows what somebody else was quicker with. */
export function SheetForm<Sheet extends { id: number; version: number }, Said extends object>(
  props: SheetFormProps<Sheet, Said>,
) {
  const { before, actions, said, onClose } = props;
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [version, setVersion] = useState(before?.version ?? 0);
  const [theirs, setTheirs] = useState<Sheet | null>(null);
  const [problems, setProblems] = useState<Problems>({});
  const [isBusy, setBusy] = useState(false);
  /** The next save knows their version, and so takes the place of it with open eyes. */
  const lookAtTheirs = async (id: number) => {
    const { items } = await actions.list();
    const now = items.find((one) => one.id === id);
    if (!now) return setProblems({ "": t`刚被别人删掉了，要留着就照着新建一份` });
    setTheirs(now);
    setVersion(now.version);
  };
  const save = async () => {
    setBusy(true);
    setProblems({});
    try {
      if (before) await actions.change(before.id, { ...said, version });
      else await actions.add(said);
      message.success(t`保存好了`);
      void refreshSheets(cache, props.kind);
      onClose();
    } catch (error) {
      if (error instanceof ApiProblem && error.isStale && before) {
        await lookAtTheirs(before.id).catch((again) => setProblems({ "": messageOf(again) }));
      } else setProblems(placed(error, props.fields));
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormDrawer
      open
      title={props.title}
      onClose={onClose}
      onSubmit={() => void save()}
      submitLabel={theirs ? t`用我的` : t`保存`}
      isBusy={isBusy}
      width={600}
    >
      <div className="sheet-form">
        {problems[""] && <Alert type="error" role="alert" title={problems[""]} />}
        {theirs && <Theirs>{props.theirs(theirs)}</Theirs>}
        {props.children(problems)}
      </div>
    </FormDrawer>
  );
}

function placed(error: unknown, fields: string[]): Problems {
  const told = error instanceof ApiProblem ? error.errors : [];
  const found = told.filter(({ field }) => fields.includes(field));
  if (found.length === 0) return { "": messageOf(error) };
  return Object.fromEntries(found.map(({ field, message }) => [field, message]));
}
