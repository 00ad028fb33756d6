import { WarningOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Form, type FormInstance } from "antd";
import { similar as findSimilar } from "@/api/generated/customers";
import type { Twin } from "@/api/generated/zhike.schemas";
import { useSettled } from "@/lib/screen";

const TYPING_PAUSE = 350;

interface SimilarHintProps {
  // biome-ignore lint/suspicious/noExplicitAny: antd's form is invariant in its values
  form: FormInstance<any>;
  /** The reader went to look at one of them. */
  onOpen: () => void;
}

/** Says, while one types, who may already be in the files. A hint only: the server decides. */
export function SimilarHint({ form, onOpen }: SimilarHintProps) {
  const name = String(Form.useWatch("name", form) ?? "").trim();
  const phone = String(Form.useWatch("mobile", form) ?? "").trim();
  const email = String(Form.useWatch("email", form) ?? "").trim();
  const asked = useSettled(JSON.stringify(question(name, phone, email)), TYPING_PAUSE);
  const query = JSON.parse(asked) as Record<string, string>;
  const isAsking = Object.keys(query).length > 0;
  const { data } = useQuery({
    queryKey: ["similar", asked],
    queryFn: ({ signal }) => findSimilar(query, { signal }),
    enabled: isAsking,
    placeholderData: keepPreviousData,
  });
  const similar = isAsking ? (data?.items ?? []) : [];
  if (similar.length === 0) return null;
  return (
    <div className="similar" role="status">
      <WarningOutlined />
      <div>
        <strong>
          {similar.some((one) => one.certain) ? (
            <Trans>已经有这位客户了</Trans>
          ) : (
            <Trans>和这几位有点像</Trans>
          )}
        </strong>
        <ul>
          {similar.map((one) => (
            <SimilarLine key={`${one.id}${one.name}${one.reason}`} similar={one} onOpen={onOpen} />
          ))}
        </ul>
      </div>
    </div>
  );
}

function SimilarLine({ similar, onOpen }: { similar: Twin; onOpen: () => void }) {
  const { t } = useLingui();
  const reasons: Record<string, string> = {
    phone: t`电话相同`,
    name: t`名称相同`,
    identity: t`证件号相同`,
    email: t`邮箱相同`,
  };
  const { owner } = similar;
  return (
    <li>
      {similar.id === null ? (
        owner ? (
          <Trans>已有同事在跟进：{owner}</Trans>
        ) : (
          <Trans>已有同事在跟进</Trans>
        )
      ) : (
        <Link to="/customers" search={{ open: similar.id }} onClick={onOpen}>
          {similar.name}
        </Link>
      )}
      <span className="soft">
        {" "}
        {reasons[similar.reason]}
        {owner && similar.id !== null && <Trans>，{owner}在跟</Trans>}
      </span>
    </li>
  );
}

function question(name: string, phone: string, email: string): Record<string, string> {
  return {
    ...(name.length >= 2 && { name }),
    ...(phone.replace(/\D/g, "").length >= 7 && { phone }),
    ...(email.includes("@") && { email }),
  };
}
