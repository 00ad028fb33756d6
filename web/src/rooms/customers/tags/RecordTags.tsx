import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Select } from "antd";
import { useState } from "react";
import { addTag } from "@/api/generated/customers";
import type { CustomerOut, TagOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { cache, useTags } from "@/api/queries";
import { useRights } from "@/api/rights";
import type { SaveField } from "@/rooms/customers/record/record";
import { Chip } from "@/ui/Chip";

interface RecordTagsProps {
  customer: CustomerOut;
  mayEdit: boolean;
  save: SaveField;
}

/** Tags: one click takes one off, a few letters put one on; a new word becomes a new tag. */
export function RecordTags({ customer, mayEdit, save }: RecordTagsProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const { data } = useTags();
  const mayCreate = useRights().may("manage_tags");
  const [isAdding, setAdding] = useState(false);
  const [text, setText] = useState("");
  const held = customer.tags;
  const free = (data?.items ?? []).filter((tag) => !held.some((one) => one.id === tag.id));
  const word = text.trim();
  const isNew = mayCreate && word !== "" && !(data?.items ?? []).some((tag) => tag.name === word);

  const put = (tags: TagOut[]) => save({ tags: tags.map((tag) => tag.id) }, { tags });
  const add = async (tag: TagOut) => {
    setAdding(false);
    setText("");
    await put([...held, tag]);
  };
  const create = async () => {
    try {
      const tag = await addTag({ name: word });
      void cache.invalidateQueries({ queryKey: ["tags"] });
      await add(tag);
    } catch (error) {
      message.error(messageOf(error));
    }
  };
  return (
    <>
      {held.map((tag) => (
        <span key={tag.id} className="tag">
          <Chip color={tag.color}>{tag.name}</Chip>
          {mayEdit && (
            <button
              type="button"
              className="tag-off"
              aria-label={t`去掉标签${tag.name}`}
              title={t`去掉`}
              onClick={() => put(held.filter((one) => one.id !== tag.id))}
            >
              <CloseOutlined />
            </button>
          )}
        </span>
      ))}
      {mayEdit &&
        (isAdding ? (
          <Select
            className="tag-pick"
            size="small"
            aria-label={t`加标签`}
            autoFocus
            defaultOpen
            showSearch={{ optionFilterProp: "label", onSearch: setText, searchValue: text }}
            placeholder={t`标签名`}
            value={null as number | null}
            popupMatchSelectWidth={180}
            notFoundContent={
              isNew ? null : (
                <span className="soft">
                  {mayCreate ? <Trans>输入名字，新建一个标签</Trans> : <Trans>没有这个标签</Trans>}
                </span>
              )
            }
            options={[
              ...free.map((tag) => ({ value: tag.id, label: tag.name })),
              ...(isNew ? [{ value: 0, label: word, isNew: true }] : []),
            ]}
            optionRender={(option) =>
              option.value === 0 ? <Trans>新建“{word}”</Trans> : option.label
            }
            onChange={(id) => {
              const tag = free.find((one) => one.id === id);
              if (tag) void add(tag);
              else if (id === 0) void create();
            }}
            onInputKeyDown={(event) => {
              if (event.key === "Escape") setAdding(false);
            }}
            onBlur={() => {
              setAdding(false);
              setText("");
            }}
          />
        ) : (
          <Button
            type="text"
            size="small"
            className="tag-add"
            icon={<PlusOutlined />}
            onClick={() => setAdding(true)}
          >
            <Trans>标签</Trans>
          </Button>
        ))}
    </>
  );
}
