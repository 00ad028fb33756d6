import { CommentOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { useState } from "react";
import { PhraseDrawer } from "@/rooms/care/sheets/PhraseDrawer";

interface AnswerHelpProps {
  customer: number;
  /** What the customer objects to, as it was noted. */
  objection: string;
  /** Puts an answer into what we offer. */
  onTake: (words: string) => void;
}

/** Beside a noted objection: words that answer it. */
export function AnswerHelp({ customer, objection, onTake }: AnswerHelpProps) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  if (objection.trim() === "") return null;
  return (
    <>
      <Button
        type="link"
        size="small"
        className="flush-link"
        icon={<CommentOutlined />}
        onClick={() => setOpen(true)}
      >
        {t`看看怎么回应`}
      </Button>
      <PhraseDrawer
        open={isOpen}
        onClose={() => setOpen(false)}
        customer={customer}
        objection={objection}
        onTake={onTake}
        target={t`放进我方方案`}
      />
    </>
  );
}
