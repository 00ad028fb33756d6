import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, Checkbox, Form, Input, Select } from "antd";
import { useState } from "react";
import { issueToken } from "@/api/generated/access";
import type { TokenIn } from "@/api/generated/zhike.schemas";
import { useRights } from "@/api/rights";
import { scopesFor, scopeWords, type TokenScope, tokenKey } from "@/rooms/access/security/tokens";
import { FormDrawer } from "@/ui/FormDrawer";
import { showProblems } from "@/ui/formProblems";

/** For whom a token is made: oneself, or a service account. */
export type Bearer = "me" | { id: number; name: string };

interface TokenDrawerProps {
  /** null: closed. */
  bearer: Bearer | null;
  onClose: () => void;
  onMade: (token: { name: string; plain: string }) => void;
}

interface TokenFields {
  name: string;
  scopes: TokenScope[];
  days: number;
}

const FOR_GOOD = 0;

/** A new token: what for, what it may do, how long. */
export function TokenDrawer({ bearer, onClose, onMade }: TokenDrawerProps) {
  const { t } = useLingui();
  const rights = useRights();
  const cache = useQueryClient();
  const [form] = Form.useForm<TokenFields>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isMine = bearer === "me";
  const save = async ({ name, scopes, days }: TokenFields) => {
    if (!bearer) return;
    setBusy(true);
    setProblem(null);
    const order: TokenIn = {
      name: name.trim(),
      scopes,
      days: days === FOR_GOOD ? null : days,
      ...(bearer !== "me" && { person_id: bearer.id }),
    };
    try {
      const { plain } = await issueToken(order);
      void cache.invalidateQueries({ queryKey: tokenKey });
      onMade({ name: order.name, plain });
    } catch (error) {
      setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
    }
  };
  const days = [30, 90, 180, 365].map((value) => ({ value, label: t`${value} 天` }));
  return (
    <FormDrawer
      title={bearer && bearer !== "me" ? t`给${bearer.name}发令牌` : t`发一个令牌`}
      open={bearer !== null}
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel={t`生成`}
      isBusy={isBusy}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={save}
        initialValues={{ scopes: ["read"], days: 90 }}
      >
        {problem && (
          <Alert type="error" showIcon title={problem} role="alert" style={{ marginBottom: 16 }} />
        )}
        <Form.Item
          name="name"
          label={t`用途`}
          extra={t`以后好认：报表脚本、官网表单`}
          rules={[{ required: true, whitespace: true, message: t`写一下拿来做什么` }]}
        >
          <Input autoFocus autoComplete="off" maxLength={60} />
        </Form.Item>
        <Form.Item
          name="scopes"
          label={t`能做什么`}
          extra={
            isMine ? t`再怎么勾，也超不过你自己的权限。` : t`再怎么勾，也超不过这个服务账号的角色。`
          }
          rules={[{ type: "array", min: 1, message: t`至少选一样` }]}
        >
          <Checkbox.Group
            className="scope-choice"
            options={(isMine ? scopesFor(rights) : scopeWords()).map(({ name, label, note }) => ({
              value: name,
              label: (
                <span>
                  {label}
                  <small>{note}</small>
                </span>
              ),
            }))}
          />
        </Form.Item>
        <Form.Item name="days" label={t`有效期`}>
          <Select
            options={[...days, { value: FOR_GOOD, label: t`一直有效，直到吊销` }]}
            style={{ maxWidth: 240 }}
          />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}
