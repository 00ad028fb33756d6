import { Trans } from "@lingui/react/macro";
import { Button } from "antd";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";

interface LineProps {
  icon: ReactNode;
  kind: string;
  isTurn?: boolean;
  children: ReactNode;
}

export function Line({ icon, kind, isTurn: turns = false, children }: LineProps) {
  return (
    <li className={`story-line is-${kind} ${turns ? "is-turn" : ""}`}>
      <span className="story-dot" aria-hidden>
        {icon}
      </span>
      <div className="story-body">{children}</div>
    </li>
  );
}

export function Head(props: { title: string; parts: string[]; children?: ReactNode }) {
  return (
    <div className="story-head">
      <strong>{props.title}</strong>
      <span className="story-parts">{props.parts.filter(Boolean).join(" · ")}</span>
      {props.children}
    </div>
  );
}

/** What was written; a long one is cut until asked for. */
export function Words({ text }: { text: string }) {
  const words = useRef<HTMLParagraphElement>(null);
  const [isCut, setCut] = useState(false);
  const [isOpen, setOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew for other words
  useLayoutEffect(() => {
    const box = words.current;
    if (box) setCut(box.scrollHeight > box.clientHeight + 2);
  }, [text]);
  if (!text) return null;
  return (
    <>
      <p ref={words} className={`story-words ${isOpen ? "" : "is-cut"}`}>
        {text}
      </p>
      {isCut && (
        <Button type="link" size="small" className="story-more" onClick={() => setOpen(!isOpen)}>
          {isOpen ? <Trans>收起</Trans> : <Trans>看全文</Trans>}
        </Button>
      )}
    </>
  );
}

export function Extra({ lines, children }: { lines: [string, string][]; children?: ReactNode }) {
  const told = lines.filter(([, text]) => text !== "");
  if (told.length === 0 && !children) return null;
  return (
    <dl className="story-extra">
      {told.map(([label, text]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
      {children}
    </dl>
  );
}
