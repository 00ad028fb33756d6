import { Trans, useLingui } from "@lingui/react/macro";
import { Segmented, Select } from "antd";
import { useState } from "react";
import type { ImportOut, OnMatch } from "@/api/doors";
import type { ImportPatch } from "@/api/generated/zhike.schemas";
import { works } from "@/api/people";
import { messageOf } from "@/api/problem";
import { useMe, usePeople } from "@/api/queries";
import { useRights } from "@/api/rights";
import { usePrepareImport } from "@/rooms/doors/queries";
import { isRecords } from "@/rooms/doors/words";

const NOBODY = 0;

/** What to do with customers who are here already, and whose the new ones will be. */
export function ImportOptions({ of }: { of: ImportOut }) {
  const { t } = useLingui();
  const me = useMe();
  const rights = useRights();
  const { data: people } = usePeople();
  const prepare = usePrepareImport(of);
  const [problem, setProblem] = useState<string | null>(null);
  if (isRecords(of)) {
    return (
      <p className="look-note">
        <Trans>每一行按客户编号记到已有的客户名下；一模一样的记录不会重复。</Trans>
      </p>
    );
  }
  const change = async (part: ImportPatch, shown: Partial<ImportOut>) => {
    setProblem(null);
    try {
      await prepare(part, shown);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  const explained: Record<OnMatch, string> = {
    update: t`表里填了的改成表里的，空着的不动`,
    skip: t`已经有的客户一个字不改，只进新客户`,
    new: t`就算同名也当作新客户`,
  };
  const colleagues = people?.items.filter((person) => works(person) && person.id !== me.id) ?? [];
  const isBusy = of.state === "reading";
  return (
    <div className="look-options">
      <div>
        <span className="look-label" id="on-match">
          <Trans>碰到已有的客户</Trans>
        </span>
        <Segmented<OnMatch>
          block
          aria-labelledby="on-match"
          value={of.on_match}
          disabled={isBusy}
          onChange={(on_match) => void change({ on_match }, { on_match })}
          options={[
            { value: "update", label: t`更新` },
            { value: "skip", label: t`跳过` },
            { value: "new", label: t`另建` },
          ]}
        />
        <small className="faint">{explained[of.on_match]}</small>
      </div>
      {rights.seesAll && (
        <div>
          <label className="look-label" htmlFor="import-owner">
            <Trans>新客户归谁</Trans>
          </label>
          <Select
            id="import-owner"
            disabled={isBusy}
            value={of.owner?.id ?? NOBODY}
            showSearch={colleagues.length > 8 ? { optionFilterProp: "label" } : false}
            onChange={(id) => {
              const owner = [me, ...colleagues].find((person) => person.id === id) ?? null;
              void change(
                { owner_id: owner?.id ?? null },
                { owner: owner && { id: owner.id, name: owner.name } },
              );
            }}
            options={[
              { value: me.id, label: t`我自己` },
              ...colleagues.map((person) => ({ value: person.id, label: person.label })),
              { value: NOBODY, label: t`先不分给谁` },
            ]}
          />
          <small className="faint">
            <Trans>表里写了负责人的，按表里的来</Trans>
          </small>
        </div>
      )}
      {problem && (
        <p className="danger" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
