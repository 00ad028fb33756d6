import { ArrowLeftOutlined, SearchOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button, Input, Skeleton } from "antd";
import { useState } from "react";
import { useFields } from "@/api/fields";
import { useIsPhone } from "@/lib/screen";
import { DictionaryEntries } from "@/rooms/fields/DictionaryEntries";
import { FinerIndustries } from "@/rooms/fields/FinerIndustries";
import type { Words } from "@/rooms/fields/fieldApi";
import { useDictionaries } from "@/rooms/fields/fieldQueries";
import { Chip } from "@/ui/Chip";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/fields/fields.css";

interface DictionariesProps {
  /** The dictionary that stands open. */
  open: string | undefined;
  onOpen: (name: string | undefined) => void;
}

/** 选项: the words one chooses from, field by field. On the phone one after the other. */
export function Dictionaries({ open, onOpen }: DictionariesProps) {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  const { data, error, refetch } = useDictionaries();
  const asked = data?.items.find((one) => one.name === open);
  const isIndustry = open === INDUSTRY;
  const here = asked ?? (isPhone || isIndustry ? undefined : data?.items[0]);
  const one = isIndustry ? (
    <FinerIndustries />
  ) : (
    here && <OneDictionary key={here.name} words={here} />
  );
  return (
    <SettingsPart
      title={t`选项`}
      note={t`单选、多选的字段从这里取选项。改名、换颜色，用到它的地方一起变。`}
    >
      {error && !data ? (
        <Trouble error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton active />
      ) : isPhone && one ? (
        <>
          <Button type="text" icon={<ArrowLeftOutlined />} onClick={() => onOpen(undefined)}>
            {t`所有选项`}
          </Button>
          {one}
        </>
      ) : (
        <div className="dictionaries">
          <DictionaryList
            items={data.items}
            here={isIndustry ? INDUSTRY : here?.name}
            onOpen={onOpen}
          />
          {one}
        </div>
      )}
    </SettingsPart>
  );
}

interface DictionaryListProps {
  items: Words[];
  here: string | undefined;
  onOpen: (name: string) => void;
}

const MANY = 10;
/** Not words of one's own but the national list: it has a place of its own among them. */
const INDUSTRY = "industry";

function DictionaryList({ items, here, onOpen }: DictionaryListProps) {
  const { t } = useLingui();
  const [wanted, setWanted] = useState("");
  const typed = wanted.trim().toLowerCase();
  const fits = (words: Words) =>
    [words.label, ...words.used_by, ...words.entries.map((one) => one.label)].some((text) =>
      text.toLowerCase().includes(typed),
    );
  const found = typed ? items.filter(fits) : items;
  const { byKey } = useFields("customer");
  const industry = byKey.get(INDUSTRY)?.label ?? t`所属行业`;
  return (
    <div className="dictionary-list">
      {items.length > MANY && (
        <Input
          aria-label={t`找选项`}
          placeholder={t`找选项`}
          prefix={<SearchOutlined />}
          allowClear
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      )}
      <ul>
        {found.map((words) => (
          <li key={words.name}>
            <button
              type="button"
              aria-current={words.name === here ? "true" : undefined}
              onClick={() => onOpen(words.name)}
            >
              <span>
                {words.label}
                {!words.builtin && <Chip color="teal">{t`自定义`}</Chip>}
              </span>
              <small className="number">{words.entries.filter((one) => !one.retired).length}</small>
            </button>
          </li>
        ))}
        {industry.toLowerCase().includes(typed) && (
          <li>
            <button
              type="button"
              aria-current={here === INDUSTRY ? "true" : undefined}
              onClick={() => onOpen(INDUSTRY)}
            >
              <span>{industry}</span>
              <small className="faint">{t`国标`}</small>
            </button>
          </li>
        )}
        {found.length === 0 && !industry.toLowerCase().includes(typed) && (
          <li className="soft">{t`没有找到`}</li>
        )}
      </ul>
    </div>
  );
}

function OneDictionary({ words }: { words: Words }) {
  const { t } = useLingui();
  const uses = words.used_by.join("、");
  return (
    <section className="dictionary" aria-label={words.label}>
      <h3>{words.label}</h3>
      <p className="soft">
        {uses !== "" && uses !== words.label && t`用在：${uses}。`}
        {!words.fixed && t`“也叫”是别的叫法：导入表格时写的是它，也认得。`}
      </p>
      <DictionaryEntries name={words.name} />
    </section>
  );
}
