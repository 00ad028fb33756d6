import { DownloadOutlined, UploadOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Input, Popconfirm, Skeleton } from "antd";
import { type ChangeEvent, useId, useMemo, useRef, useState } from "react";
import { choiceKey, useWords } from "@/api/fields";
import { finerIndustries, refineIndustries } from "@/api/generated/fields";
import type { FinerOut } from "@/api/generated/zhike.schemas";
import { ApiProblem, messageOf } from "@/api/problem";
import { saveAs } from "@/lib/files";
import { countText } from "@/lib/money";
import { finerLines, finerTemplate, textOf } from "@/rooms/fields/finer";
import { Trouble } from "@/ui/Trouble";

const KEY = ["industries", "finer"] as const;
const STANDARD = "GB/T 4754-2017";
const LONGEST_EDITION = 40;
/** As much as the server takes. */
const LONGEST = 400_000;

/** 所属行业: the national list is here; what is finer than its divisions an organisation brings along. */
export function FinerIndustries() {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => finerIndustries({ signal }),
  });
  const [isChanging, setChanging] = useState(false);
  return (
    <section className="dictionary" aria-label={t`所属行业`}>
      <h3>{t`所属行业`}</h3>
      <p className="soft">
        <Trans>
          自带国家标准 {STANDARD}{" "}
          的门类和大类，不用维护。想细到中类、小类，把代码和名称导进来，填客户行业时就能搜到。
        </Trans>
      </p>
      {error && !data ? (
        <Trouble error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton active />
      ) : data.classes > 0 && !isChanging ? (
        <Held held={data} onChange={() => setChanging(true)} />
      ) : (
        <FinerForm held={data} onDone={() => setChanging(false)} />
      )}
    </section>
  );
}

/** Shows the answer, and lets every list of industries be fetched afresh. */
function useTakeOver() {
  const cache = useQueryClient();
  return async (lines: string, edition: string): Promise<FinerOut> => {
    const held = await refineIndustries({ lines, edition });
    cache.setQueryData(KEY, held);
    for (const queryKey of [choiceKey, ["industries", "found"]]) {
      void cache.invalidateQueries({ queryKey });
    }
    return held;
  };
}

function Held({ held, onChange }: { held: FinerOut; onChange: () => void }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const takeOver = useTakeOver();
  const remove = () =>
    takeOver("", "")
      .then(() => message.success(t`细分行业去掉了，客户已填的不变`))
      .catch((error: unknown) => message.error(messageOf(error)));
  return (
    <div className="finer-held">
      <p>
        <strong>
          <Plural value={held.classes} one="# 个细分行业" other="# 个细分行业" />
        </strong>
        <small>{t`依据 ${held.edition}`}</small>
      </p>
      <Button onClick={onChange}>{t`换一份`}</Button>
      <Popconfirm
        title={t`去掉全部细分行业？`}
        description={t`客户已经填的行业不变，只是以后搜不到。`}
        okText={t`去掉`}
        cancelText={t`留着`}
        onConfirm={remove}
      >
        <Button type="text" danger>
          {t`去掉`}
        </Button>
      </Popconfirm>
    </div>
  );
}

/** The rows, pasted or from a file; what cannot be read is said line by line. */
function FinerForm({ held, onDone }: { held: FinerOut; onDone: () => void }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const takeOver = useTakeOver();
  const id = useId();
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [edition, setEdition] = useState("");
  const [problems, setProblems] = useState<string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const industries = useWords("industry");
  const known = useMemo(() => new Set(industries.map(({ value }) => value)), [industries]);
  const found = useMemo(() => finerLines(text, known), [text, known]);
  const write = (next: string) => {
    setText(next);
    setProblems([]);
  };
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = event.target.files ?? [];
    event.target.value = "";
    if (chosen) write(await textOf(chosen));
  };
  const save = async () => {
    if (found.lines.length > LONGEST) {
      setProblems([t`内容太多了，最多 40 万字，请核对是不是选对了文件。`]);
      return;
    }
    setBusy(true);
    setProblems([]);
    try {
      const { classes } = await takeOver(found.lines, edition.trim());
      message.success(t`导入了 ${countText(classes)} 个细分行业`);
      onDone();
    } catch (error) {
      const told = error instanceof ApiProblem ? error.errors.map((one) => one.message) : [];
      setProblems(told.length > 0 ? told : [messageOf(error)]);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="finer-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label htmlFor={`${id}-rows`}>
        {t`代码和名称`}
        <small>{t`一行一个。从 Excel 里复制两列，直接粘贴也行。`}</small>
      </label>
      <Input.TextArea
        id={`${id}-rows`}
        rows={9}
        spellCheck={false}
        placeholder={"C351 采矿、冶金、建筑专用设备制造\nC3511 矿山机械制造"}
        value={text}
        status={problems.length > 0 ? "error" : ""}
        onChange={(event) => write(event.target.value)}
      />
      <div className="finer-tools">
        <input ref={file} type="file" accept=".csv,.txt" hidden onChange={choose} />
        <Button icon={<UploadOutlined />} onClick={() => file.current?.click()}>
          {t`从 CSV 文件读`}
        </Button>
        <Button
          type="link"
          icon={<DownloadOutlined />}
          onClick={() => saveAs(finerTemplate(), t`细分行业模板.csv`)}
        >
          {t`下载模板`}
        </Button>
        <span className="soft" aria-live="polite">
          {text.trim() !== "" && (
            <Plural value={found.classes} _0="没有读到细分行业" one="读到 # 个" other="读到 # 个" />
          )}
        </span>
      </div>
      {problems.length > 0 && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={t`没有导入，改好这几处再试`}
          description={
            <ul className="finer-problems">
              {problems.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          }
        />
      )}
      <label htmlFor={`${id}-edition`}>
        {t`依据`}
        <small>{t`以后看得出是哪一版，可以不写。`}</small>
      </label>
      <Input
        id={`${id}-edition`}
        maxLength={LONGEST_EDITION}
        placeholder={STANDARD}
        value={edition}
        onChange={(event) => setEdition(event.target.value)}
      />
      {held.classes > 0 && (
        <p className="form-note">{t`会整份换掉现在的 ${countText(held.classes)} 个；客户已填的不变。`}</p>
      )}
      <div className="finer-end">
        <Button type="primary" htmlType="submit" loading={isBusy} disabled={found.classes === 0}>
          {held.classes > 0 ? t`换成这一份` : t`导入`}
        </Button>
        {held.classes > 0 && <Button onClick={onDone}>{t`取消`}</Button>}
      </div>
    </form>
  );
}
