import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App, Checkbox, Skeleton, Switch } from "antd";
import { changeOrganisation } from "@/api/generated/access";
import type { OrganisationPatch } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { ruleKey, useRoles, useRules, useVocabulary } from "@/rooms/access/roleQueries";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/access/roles.css";

/** 审核规则: what has to be looked at before it counts. Each change is saved as it is made. */
export function ReviewRules() {
  const { t } = useLingui();
  const rules = useRules();
  const vocabulary = useVocabulary();
  const change = useChangeRules();
  const error = rules.error ?? vocabulary.error;
  if (error && !(rules.data && vocabulary.data)) {
    const retry = () => {
      void rules.refetch();
      void vocabulary.refetch();
    };
    return <Trouble error={error} onRetry={retry} />;
  }
  if (!rules.data || !vocabulary.data) return <Skeleton active />;
  const { reviewed_fields: chosen, reviews_new_customers: isNewReviewed } = rules.data;
  return (
    <>
      <SettingsPart
        title={t`谁来审`}
        note={t`有“审核”这项权限的人：自己范围内的都能审，自己的修改不用审。`}
      >
        <Reviewers />
      </SettingsPart>
      <SettingsPart title={t`新客户`}>
        <ul className="role-rows">
          <li>
            <span className="role-what" id="rule-new">
              <strong>
                <Trans>新客户要审核</Trans>
              </strong>
              <small>
                <Trans>
                  同事新录或导入的客户先等审核。等的时候照样能跟进；不通过的会移到回收站。
                </Trans>
              </small>
            </span>
            <Switch
              aria-labelledby="rule-new"
              checked={isNewReviewed}
              onChange={(reviews_new_customers) => void change({ reviews_new_customers })}
            />
          </li>
        </ul>
      </SettingsPart>
      <SettingsPart
        title={t`重要资料的修改`}
        note={t`勾上的，改了先等审核，通过以后才算数；审核时前后对照着看。`}
      >
        <Checkbox.Group
          className="rule-fields"
          aria-label={t`修改要审核的资料`}
          value={chosen}
          options={vocabulary.data.reviewable.map(({ name, label }) => ({ value: name, label }))}
          onChange={(names) => void change({ reviewed_fields: names.map(String) })}
        />
      </SettingsPart>
    </>
  );
}

/** Which roles may review, by their names. */
function Reviewers() {
  const { data } = useRoles();
  const names = (data?.items ?? [])
    .filter((role) => role.actions.includes("review"))
    .map((role) => role.name)
    .join("、");
  return (
    <p className="rule-reviewers">
      {names ? (
        <Trans>
          现在是：<b>{names}</b>。要增减，去“角色与权限”里改。
        </Trans>
      ) : (
        <Trans>要增减，去“角色与权限”里改。</Trans>
      )}
    </p>
  );
}

function useChangeRules(): (part: OrganisationPatch) => Promise<void> {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  return async (part) => {
    const before = cache.getQueryData<object>(ruleKey);
    cache.setQueryData(ruleKey, { ...before, ...part });
    try {
      cache.setQueryData(ruleKey, await changeOrganisation(part));
      void cache.invalidateQueries({ queryKey: ["reviews"] });
      message.success({ key: "rules", content: t`改好了` });
    } catch (problem) {
      cache.setQueryData(ruleKey, before);
      message.error(messageOf(problem));
    }
  };
}
