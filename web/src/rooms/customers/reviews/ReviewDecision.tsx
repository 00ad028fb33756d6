import { CheckOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Input } from "antd";
import { type KeyboardEvent, useState } from "react";
import type { ReviewOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useDeciding } from "@/rooms/customers/reviews/reviews";

interface ReviewDecisionProps {
  review: ReviewOut;
  isRejecting: boolean;
  onRejecting: (isRejecting: boolean) => void;
  /** Decided, or about to be: the eye goes on to the next. */
  onDecided?: () => void;
}

/** Approve with one click; rejecting asks for a reason, which the asker reads. */
export function ReviewDecision(props: ReviewDecisionProps) {
  const { review, isRejecting, onRejecting, onDecided } = props;
  const approve = useApproving();
  if (isRejecting) {
    return <RejectForm review={review} onCancel={() => onRejecting(false)} onDecided={onDecided} />;
  }
  return (
    <div className="review-decision">
      <Button
        type="primary"
        icon={<CheckOutlined aria-hidden />}
        onClick={() => {
          onDecided?.();
          void approve(review);
        }}
      >
        <Trans>通过</Trans>
      </Button>
      <Button onClick={() => onRejecting(true)}>
        <Trans>不通过</Trans>
      </Button>
    </div>
  );
}

/** Approves and tells so; what the server refuses stands in the queue again. */
export function useApproving(): (review: ReviewOut) => Promise<void> {
  const { t } = useLingui();
  const { message } = App.useApp();
  const { approve } = useDeciding();
  return async (review) => {
    const { name } = review.customer;
    try {
      await approve(review);
      const isNew = review.kind === "new";
      message.success(isNew ? t`通过了，${name}正式入册` : t`通过了，${name}的资料已改好`);
    } catch (error) {
      message.error(messageOf(error));
    }
  };
}

interface RejectFormProps {
  review: ReviewOut;
  onCancel: () => void;
  onDecided: (() => void) | undefined;
}

function RejectForm({ review, onCancel, onDecided }: RejectFormProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const { reject } = useDeciding();
  const [note, setNote] = useState("");
  const [problem, setProblem] = useState("");
  const isNew = review.kind === "new";
  const usual = isNew
    ? [t`已经有这家客户`, t`资料不全，请补充`, t`不是我们的客户`]
    : [t`没有依据，请补充说明`, t`填错了，请核对`, t`暂时不改`];
  const send = async () => {
    const reason = note.trim();
    if (reason === "") {
      setProblem(t`请写一下为什么不通过，对方会看到`);
      return;
    }
    onDecided?.();
    try {
      await reject(review, reason);
      message.success(t`没有通过，原因会告诉${review.asked_by.name}`);
    } catch (error) {
      message.error(messageOf(error));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") onCancel();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
  };
  return (
    <div className="review-reason">
      <p className="soft">
        {isNew ? (
          <Trans>为什么不通过？这位客户会移到回收站，原因会告诉提交的人。</Trans>
        ) : (
          <Trans>为什么不通过？资料保持原样，原因会告诉提交的人。</Trans>
        )}
      </p>
      <div className="review-usual">
        {usual.map((words) => (
          <Button key={words} size="small" onClick={() => setNote(words)}>
            {words}
          </Button>
        ))}
      </div>
      <Input.TextArea
        aria-label={t`不通过的原因`}
        autoFocus
        autoSize={{ minRows: 1, maxRows: 5 }}
        maxLength={500}
        status={problem ? "error" : ""}
        value={note}
        onChange={(event) => {
          setNote(event.target.value);
          setProblem("");
        }}
        onKeyDown={onKeyDown}
      />
      {problem && (
        <span className="danger" role="alert">
          {problem}
        </span>
      )}
      <div className="review-decision">
        <Button danger type="primary" onClick={() => void send()}>
          <Trans>不通过</Trans>
        </Button>
        <Button onClick={onCancel}>
          <Trans>再想想</Trans>
        </Button>
      </div>
    </div>
  );
}
