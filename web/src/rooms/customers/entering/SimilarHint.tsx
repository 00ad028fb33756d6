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
  const kind = String(Form.useWatch("kind", form) ?? "");
  const identity = String(Form.useWatch("identity", form) ?? "").trim();
  const said = question(name, phone, email, identity);
  const asked = useSettled(
    JSON.stringify(Object.keys(said).length > 0 ? { ...said, ...(kind && { kind }) } : {}),
    TYPING_PAUSE,
  );
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
          ) : similar.some((one) => one.strength >= VERY_LIKE) ? (
            <Trans>很可能已经有这位客户了</Trans>
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

/** From here on two are taken for the same unless somebody knows better. */
const VERY_LIKE = 85;

function SimilarLine({ similar, onOpen }: { similar: Twin; onOpen: () => void }) {
  const { t } = useLingui();
  const { owner } = similar;
  const isLike = similar.strength >= VERY_LIKE;
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
      <span className={`like ${isLike ? "is-strong" : ""}`}>{isLike ? t`很像` : t`有点像`}</span>
      <span className="soft">
        {" "}
        {similar.why}
        {owner && similar.id !== null && <Trans>，{owner}在跟</Trans>}
      </span>
    </li>
  );
}

function question(
  name: string,
  phone: string,
  email: string,
  identity: string,
): Record<string, string> {
  return {
    ...(identity.length >= 15 && { identity }),
    ...(name.length >= 2 && { name }),
    ...(phone.replace(/\D/g, "").length >= 7 && { phone }),
    ...(email.includes("@") && { email }),
  };
}
