import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { type ApiProblem, messageOf } from "@/api/problem";
import { momentText } from "@/lib/days";
import { type CustomerChange, useChangeCustomer } from "@/rooms/customers/queries";
import type { CustomerRow } from "@/rooms/customers/rows";
import { fieldText, useFieldNames } from "@/rooms/customers/stale/fieldNames";
import "@/rooms/customers/stale/stale.css";

/** A save that came too late: what I wanted, on what I based it, and the server's answer. */
export interface StaleEdit {
  mine: CustomerChange;
  before: CustomerRow;
  problem: ApiProblem;
}

/** Two people edited the same customer: shows both, and lets this one decide. Nothing is lost. */
export function StaleDialog({ edit, onClose }: { edit: StaleEdit; onClose: () => void }) {
  const { t } = useLingui();
  const names = useFieldNames();
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const change = useChangeCustomer();
  const current = edit.problem.body.current as CustomerOut;
  const changed = edit.problem.body.changed ?? {};
  const mine = flat(edit.mine);
  const theirs = flat(current);
  const fields = [...new Set([...Object.keys(changed), ...Object.keys(mine)])];

  const keepMine = async () => {
    setBusy(true);
    try {
      await change(current, edit.mine);
      onClose();
    } catch (error) {
      message.error(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  const keepTheirs = async () => {
    // Nothing to send: only what is shown here has to catch up with what is stored.
    setBusy(true);
    await change(current, {}).catch(() => {});
    onClose();
  };
  return (
    <Modal
      open
      title={t`${current.name}刚被改过`}
      onCancel={keepTheirs}
      width={560}
      footer={
        <>
          <Button onClick={keepTheirs} disabled={isBusy}>
            <Trans>用对方的</Trans>
          </Button>
          <Button type="primary" autoFocus onClick={keepMine} loading={isBusy}>
            <Trans>用我的</Trans>
          </Button>
        </>
      }
    >
      <table className="stale-table">
        <thead>
          <tr>
            <th scope="col">
              <Trans>资料</Trans>
            </th>
            <th scope="col">
              <Trans>对方改成</Trans>
            </th>
            <th scope="col">
              <Trans>你要改成</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}>
              <th scope="row">{names[field] ?? field}</th>
              <td>
                {fieldText(field, theirs[field])}
                {changed[field] && (
                  <small>
                    {changed[field].by} · {momentText(changed[field].at)}
                  </small>
                )}
              </td>
              <td>{field in mine ? fieldText(field, mine[field]) : <Trans>没动</Trans>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}

/** Own fields beside the shipped ones, by their keys. */
function flat(fields: object): Record<string, unknown> {
  const { custom, ...rest } = fields as { custom?: Record<string, unknown> | null };
  return { ...rest, ...custom };
}
