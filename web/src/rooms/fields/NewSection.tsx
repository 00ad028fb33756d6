import { PlusOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button, Input } from "antd";
import { useState } from "react";

interface NewSectionProps {
  taken: string[];
  onAdd: (name: string) => void;
}

const LONGEST = 20;

/** One more heading. It lasts once a field stands under it. */
export function NewSection({ taken, onAdd }: NewSectionProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState<string | null>(null);
  if (typed === null) {
    return (
      <Button
        type="dashed"
        block
        className="section-new"
        icon={<PlusOutlined />}
        onClick={() => setTyped("")}
      >
        {t`添加分组`}
      </Button>
    );
  }
  const name = typed.trim();
  const settle = () => {
    if (name && !taken.includes(name)) onAdd(name);
    setTyped(null);
  };
  return (
    <Input
      aria-label={t`新分组的名字`}
      placeholder={t`新分组的名字，写好按回车，再把字段拖进来`}
      autoFocus
      maxLength={LONGEST}
      value={typed}
      status={taken.includes(name) ? "error" : ""}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={settle}
      onPressEnter={settle}
      onKeyDown={(event) => event.key === "Escape" && setTyped(null)}
    />
  );
}
