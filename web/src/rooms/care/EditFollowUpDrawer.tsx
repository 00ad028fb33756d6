import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useCallback, useEffect, useState } from "react";
import { type FieldJson, isSealed, useFields } from "@/api/fields";
import { changeFollowUp } from "@/api/generated/care";
import { timeline } from "@/api/generated/customers";
import type { FollowUpPatch, StoryItem } from "@/api/generated/zhike.schemas";
import { ApiProblem } from "@/api/problem";
import { emptyDraft, type FollowUpDraft, ownChanges } from "@/rooms/care/draft";
import { FollowUpFields } from "@/rooms/care/FollowUpFields";
import { Field } from "@/rooms/care/fields";
import { type Problems, problemsOf } from "@/rooms/care/logging";
import type { OwnOnFile } from "@/rooms/care/OwnFields";
import { refreshAround } from "@/rooms/care/queries";
import { Theirs } from "@/rooms/care/Theirs";
import { FormDrawer } from "@/ui/FormDrawer";
import { FieldFiles } from "@/ui/files/FieldFiles";

interface EditFollowUpDrawerProps {
  customer: number;
  /** The follow-up as the time line tells it; null while nothing is edited. */
  item: StoryItem | null;
  onClose: () => void;
}

/** Corrects a follow-up. Where somebody else was quicker, shows theirs and lets this one decide. */
export function EditFollowUpDrawer({ customer, item, onClose }: EditFollowUpDrawerProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [draft, setDraft] = useState<FollowUpDraft>(() => emptyDraft("phone"));
  const [version, setVersion] = useState(0);
  const [theirs, setTheirs] = useState<StoryItem | null>(null);
  const [problems, setProblems] = useState<Problems>({});
  const [isBusy, setBusy] = useState(false);
  const { byKey } = useFields("follow_up");
  const isProtected = useCallback(
    (key: string) => {
      const field = byKey.get(key);
      return field === undefined || isSealed(field);
    },
    [byKey],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: filled in once, when it opens
  useEffect(() => {
    if (!item) return;
    setDraft(draftOf(item, isProtected));
    setVersion(Number(item.detail.version));
    setTheirs(null);
    setProblems({});
  }, [item]);

  const save = async () => {
    const id = Number(item?.record?.id);
    if (!item || isBusy) return;
    setBusy(true);
    setProblems({});
    try {
      await changeFollowUp(id, { version, ...changesOf(theirs ?? item, draft, isProtected) });
      message.success(t`改好了`);
      refreshAround(cache, customer);
      onClose();
    } catch (error) {
      if (error instanceof ApiProblem && error.isStale) {
        await lookAtTheirs(id).catch((again) => setProblems(problemsOf(again)));
      } else setProblems(problemsOf(error));
    } finally {
      setBusy(false);
    }
  };
  /** The next save knows their version, and so takes the place of it with open eyes. */
  const lookAtTheirs = async (id: number) => {
    const { items } = await timeline(customer, { kind: "follow_up", limit: 100 });
    const now = items.find((one) => one.record?.id === id);
    if (!now) return setProblems({ "": t`这条跟进已经被删掉了` });
    setTheirs(now);
    setVersion(Number(now.detail.version));
  };
  return (
    <FormDrawer
      title={t`改跟进`}
      open={item !== null}
      onClose={onClose}
      onSubmit={save}
      submitLabel={theirs ? t`用我的` : t`保存`}
      isBusy={isBusy}
      width={576}
    >
      {theirs && <Theirs>{theirs.body}</Theirs>}
      <FollowUpFields
        customer={customer}
        draft={draft}
        change={(part) => setDraft((before) => ({ ...before, ...part }))}
        problems={problems}
        onEnter={save}
        isPast
        own={item ? ownOnFile(item, isProtected) : undefined}
      />
      {item && (
        <div className="edit-files">
          <Field label={t`附件`}>
            <FieldFiles
              customer={customer}
              of="follow_up"
              record={Number(item.record?.id)}
              label={t`这条跟进`}
              mayEdit
            />
          </Field>
        </div>
      )}
    </FormDrawer>
  );
}

/** Values that are masked are never filled in: they are left or written anew. */
type IsProtected = (key: string) => boolean;

function ownOf({ detail }: StoryItem): Record<string, FieldJson> {
  return (detail.custom ?? {}) as Record<string, FieldJson>;
}

function ownOnFile(item: StoryItem, isProtected: IsProtected): OwnOnFile {
  const masked = Object.entries(ownOf(item)).filter(([key]) => isProtected(key));
  return {
    id: Number(item.record?.id),
    masked: Object.fromEntries(masked.map(([key, value]) => [key, String(value)])),
  };
}

function draftOf(item: StoryItem, isProtected: IsProtected): FollowUpDraft {
  const { detail, body } = item;
  const text = (name: string) => String(detail[name] ?? "");
  return {
    ...emptyDraft(text("way")),
    content: body,
    contactId: typeof detail.contact_id === "number" ? detail.contact_id : null,
    on: text("contacted_on") || null,
    feedback: text("customer_feedback"),
    solution: text("solution"),
    response: text("response") || null,
    objection: text("objection"),
    result: text("result"),
    custom: Object.fromEntries(Object.entries(ownOf(item)).filter(([key]) => !isProtected(key))),
  };
}

/** Only what differs from what is on file: an instant is not flattened to its day because the text
 * was corrected. */
function changesOf(
  item: StoryItem,
  draft: FollowUpDraft,
  isProtected: IsProtected,
): Omit<FollowUpPatch, "version"> {
  const before = draftOf(item, isProtected);
  const custom = ownChanges(before.custom, draft.custom);
  return {
    ...(draft.way !== before.way && { way: draft.way }),
    ...(draft.content !== before.content && { content: draft.content }),
    ...(draft.contactId !== before.contactId && { contact_id: draft.contactId }),
    ...(draft.on !== before.on && draft.on && { contacted_on: draft.on }),
    ...(draft.feedback !== before.feedback && { customer_feedback: draft.feedback }),
    ...(draft.solution !== before.solution && { solution: draft.solution }),
    ...(draft.response !== before.response && { response: draft.response ?? "" }),
    ...(draft.objection !== before.objection && { objection: draft.objection }),
    ...(draft.result !== before.result && { result: draft.result }),
    ...(Object.keys(custom).length > 0 && { custom }),
  };
}
