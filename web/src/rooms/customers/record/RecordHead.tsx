import {
  ArrowLeftOutlined,
  AuditOutlined,
  DeleteOutlined,
  EllipsisOutlined,
  GlobalOutlined,
  InboxOutlined,
  PauseCircleOutlined,
  StarFilled,
  StarOutlined,
} from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { App, Button, Dropdown, Input, type MenuProps } from "antd";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { FieldRights, useFieldGroups } from "@/api/fieldGroups";
import { useWords } from "@/api/fields";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { useRights } from "@/api/rights";
import { OwnerChoice } from "@/rooms/customers/passing/OwnerChoice";
import { AccessNote } from "@/rooms/customers/record/AccessNote";
import { ChipChoice } from "@/rooms/customers/record/ChipChoice";
import type { SaveField } from "@/rooms/customers/record/record";
import { CompletenessRing } from "@/rooms/customers/standing/CompletenessRing";
import { LifeBanner } from "@/rooms/customers/standing/LifeBanner";
import { type LifeChange, LifeDialog } from "@/rooms/customers/standing/LifeDialog";
import { Tier } from "@/rooms/customers/standing/Tier";
import { RecordTags } from "@/rooms/customers/tags/RecordTags";
import { KeyStar } from "@/ui/values";

interface RecordHeadProps {
  customer: CustomerOut;
  save: SaveField;
  onDelete: () => void;
  /** Puts the customer back into the pool; absent where that may not be. */
  onGiveBack?: (() => void) | undefined;
  /** The phone's way back, where no panel has one. */
  onBack?: (() => void) | undefined;
  /** Stands at the right of the name. */
  prepare?: ReactNode;
  /** Takes a customer of the pool; absent for who may not. */
  claim?: ReactNode;
  /** Stands below the chips: what waits. */
  children?: ReactNode;
}

/** Who it is: name, star, the chips by which one sorts people, owner and tags. */
export function RecordHead(props: RecordHeadProps) {
  const { customer, save, onDelete, onGiveBack, onBack, prepare, claim, children } = props;
  const { t } = useLingui();
  const { message } = App.useApp();
  const types = useWords("type");
  const grades = useWords("grade");
  const mayAudit = useRights().may("audit");
  const { is_key: isKey } = customer;
  const [lifeChange, setLifeChange] = useState<LifeChange | null>(null);
  const rights = new FieldRights(customer.fields, useFieldGroups());
  const mayEdit = customer.can.edit && rights.edits("name");
  const mayPassOn = customer.can.hand_over && rights.edits("owner");
  const store: SaveField = async (change, shown) => {
    const sentence = await save(change, shown);
    if (sentence) message.error(sentence);
    return sentence;
  };
  const more: MenuProps["items"] & object = [];
  if (mayAudit) {
    const search = { customer: customer.id };
    const label = (
      <Link to="/settings/audit" search={search}>
        <Trans>审计记录</Trans>
      </Link>
    );
    more.push({ key: "audit", icon: <AuditOutlined />, label });
  }
  const mayTurn = customer.can.edit && rights.edits("life");
  const { state } = customer.life;
  if (mayTurn && state === "active") {
    const icon = <PauseCircleOutlined />;
    more.push({ key: "pause", icon, label: t`暂停跟进`, onClick: () => setLifeChange("pause") });
  }
  if (mayTurn && state !== "archived") {
    const icon = <InboxOutlined />;
    more.push({ key: "archive", icon, label: t`归档`, onClick: () => setLifeChange("archive") });
  }
  if (onGiveBack) {
    const icon = <GlobalOutlined />;
    more.push({ key: "give-back", icon, label: t`放回公海`, onClick: onGiveBack });
  }
  if (customer.can.delete) {
    const label = t`删除客户`;
    const icon = <DeleteOutlined />;
    more.push({ key: "delete", icon, label, danger: true, onClick: onDelete });
  }
  const star = isKey ? t`取消重点客户` : t`设为重点客户`;
  const mayTier = customer.can.edit && rights.edits("tier");
  const chips = [
    { field: "type", label: t`类型`, value: customer.type, choices: types, mayClear: false },
    { field: "grade", label: t`等级`, value: customer.grade, choices: grades, mayClear: true },
  ];
  return (
    <header className="record-head">
      <div className="record-title">
        {onBack && (
          <Button
            type="text"
            className="record-back"
            icon={<ArrowLeftOutlined />}
            aria-label={t`返回`}
            onClick={onBack}
          />
        )}
        <Name customer={customer} mayEdit={mayEdit} save={save} />
        {mayEdit ? (
          <button
            type="button"
            className={`star-button ${isKey ? "is-on" : ""}`}
            aria-pressed={isKey}
            aria-label={star}
            title={star}
            onClick={() => store({ is_key: !isKey })}
          >
            {isKey ? <StarFilled /> : <StarOutlined />}
          </button>
        ) : (
          <span className="star-fixed">
            <KeyStar isKey={isKey} />
          </span>
        )}
        {prepare && <span className="record-prepare">{prepare}</span>}
        {more.length > 0 && (
          <Dropdown trigger={["click"]} placement="bottomRight" menu={{ items: more }}>
            <Button
              type="text"
              className="record-more"
              icon={<EllipsisOutlined />}
              aria-label={t`更多操作`}
            />
          </Dropdown>
        )}
      </div>
      <div className="record-chips">
        {chips.map(({ field, ...chip }) => (
          <ChipChoice
            key={field}
            {...chip}
            disabled={!mayEdit}
            onChange={(value) => store({ [field]: value })}
          />
        ))}
        {rights.shows("tier") && <Tier customer={customer} mayEdit={mayTier} />}
        {rights.shows("completeness") && <CompletenessRing customer={customer} />}
        {(mayEdit || (chips.some(({ value }) => value) && customer.tags.length > 0)) && (
          <span className="record-gap" aria-hidden />
        )}
        <RecordTags customer={customer} mayEdit={mayEdit} save={store} />
        <span className="record-aside">
          {customer.code}
          {(customer.owner || mayPassOn) && <span aria-hidden>·</span>}
          <OwnerChoice customer={customer} mayPassOn={mayPassOn} store={store} />
        </span>
      </div>
      <AccessNote customer={customer} claim={claim} />
      <LifeBanner customer={customer} mayEdit={mayTurn} />
      {children}
      {lifeChange && (
        <LifeDialog customer={customer} change={lifeChange} onClose={() => setLifeChange(null)} />
      )}
    </header>
  );
}

/** The name, as a heading that becomes a field when clicked. */
function Name(props: { customer: CustomerOut; mayEdit: boolean; save: SaveField }) {
  const { customer, save } = props;
  const { t } = useLingui();
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const store = async () => {
    const name = draft?.trim() ?? "";
    if (draft === null) return;
    if (name === "" || name === customer.name) {
      setDraft(null);
      setProblem(null);
      return;
    }
    const sentence = await save({ name });
    setProblem(sentence);
    if (!sentence) setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") void store();
    if (event.key === "Escape") {
      event.stopPropagation();
      setDraft(null);
      setProblem(null);
    }
  };
  if (draft === null) {
    return (
      <h1>
        {props.mayEdit ? (
          <button type="button" title={t`点一下改名`} onClick={() => setDraft(customer.name)}>
            {customer.name}
          </button>
        ) : (
          customer.name
        )}
      </h1>
    );
  }
  return (
    <span className="record-name">
      <Input
        aria-label={t`客户名称`}
        autoFocus
        autoComplete="off"
        maxLength={120}
        value={draft}
        status={problem ? "error" : ""}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={store}
        onKeyDown={onKeyDown}
      />
      {problem && (
        <span className="fact-problem" role="alert">
          {problem}
        </span>
      )}
    </span>
  );
}
