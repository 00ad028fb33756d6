import { PlusOutlined, TagsOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Skeleton } from "antd";
import { useState } from "react";
import { addTag, changeTag } from "@/api/generated/customers";
import type { TagOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useTags } from "@/api/queries";
import { Chip, type ChipColour } from "@/ui/Chip";
import { EmptyState } from "@/ui/EmptyState";
import { showProblems } from "@/ui/formProblems";
import { SettingsPart } from "@/ui/SettingsPart";
import { Swatches } from "@/ui/Swatches";
import { Trouble } from "@/ui/Trouble";

/** 标签: the coloured words for customers. A click on the word renames it, a colour takes at once. */
export function TagSettings() {
  const { t } = useLingui();
  const { data, error, refetch } = useTags();
  return (
    <SettingsPart title={t`标签`} note={t`贴在客户身上的词，列表可以按它筛选。点名字就能改。`}>
      <NewTag />
      {error && !data ? (
        <Trouble error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton active />
      ) : data.items.length === 0 ? (
        <EmptyState icon={<TagsOutlined />} title={t`还没有标签`}>
          <Trans>比如“高意向”“价格敏感”“老客户介绍”。</Trans>
        </EmptyState>
      ) : (
        <ul className="settings-list">
          {data.items.map((tag) => (
            <TagLine key={tag.id} tag={tag} />
          ))}
        </ul>
      )}
    </SettingsPart>
  );
}

function useRefresh() {
  const cache = useQueryClient();
  return async () => {
    await cache.invalidateQueries({ queryKey: ["tags"] });
    void cache.invalidateQueries({ queryKey: ["customers"] });
    void cache.invalidateQueries({ queryKey: ["customer"] });
  };
}

function NewTag() {
  const { t } = useLingui();
  const refresh = useRefresh();
  const [form] = Form.useForm<{ name: string }>();
  const [color, setColor] = useState<ChipColour>("green");
  const [isBusy, setBusy] = useState(false);
  const add = async ({ name }: { name: string }) => {
    if (!name?.trim()) return;
    setBusy(true);
    try {
      await addTag({ name: name.trim(), color });
      form.resetFields();
      await refresh();
    } catch (error) {
      const message = showProblems(form, error);
      if (message) form.setFields([{ name: "name", errors: [message] }]);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form form={form} onFinish={add} className="tag-new">
      <Form.Item name="name">
        <Input placeholder={t`新标签`} aria-label={t`新标签`} maxLength={30} autoComplete="off" />
      </Form.Item>
      <Swatches value={color} onChange={setColor} label={t`新标签的颜色`} />
      <Button htmlType="submit" icon={<PlusOutlined />} loading={isBusy}>
        {t`添加`}
      </Button>
    </Form>
  );
}

function TagLine({ tag }: { tag: TagOut }) {
  const { t } = useLingui();
  const refresh = useRefresh();
  const [name, setName] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (change: Partial<TagOut>) => {
    setProblem(null);
    try {
      await changeTag(tag.id, { name: tag.name, color: tag.color, ...change });
      await refresh();
      setName(null);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  const rename = () => {
    const next = name?.trim();
    if (!next || next === tag.name) {
      setName(null);
      setProblem(null);
    } else void save({ name: next });
  };
  return (
    <li>
      <span className="tag-name">
        {name === null ? (
          <button type="button" onClick={() => setName(tag.name)} title={t`改名`}>
            <Chip color={tag.color}>{tag.name}</Chip>
          </button>
        ) : (
          <Input
            autoFocus
            aria-label={t`标签名`}
            value={name}
            maxLength={30}
            status={problem ? "error" : ""}
            onChange={(event) => setName(event.target.value)}
            onBlur={rename}
            onPressEnter={rename}
            onKeyDown={(event) => {
              if (event.key === "Escape") {
                setProblem(null);
                setName(null);
              }
            }}
          />
        )}
        {problem && (
          <small className="danger" role="alert">
            {problem}
          </small>
        )}
      </span>
      <Swatches
        value={tag.color}
        onChange={(color) => void save({ color })}
        label={t`“${tag.name}”的颜色`}
      />
    </li>
  );
}
