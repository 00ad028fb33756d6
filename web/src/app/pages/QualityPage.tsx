import { useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Completeness } from "@/rooms/customers/quality/Completeness";
import { Contradictions } from "@/rooms/customers/quality/Contradictions";
import { Doubles } from "@/rooms/customers/quality/Doubles";
import type { QualityPart } from "@/rooms/customers/quality/parts";
import { PageHead } from "@/ui/PageHead";
import { Pills } from "@/ui/Pills";
import "@/rooms/customers/quality/quality.css";

/** 资料质量: what is missing, what is double, what contradicts itself. */
export function QualityPage() {
  const { t } = useLingui();
  const { part = "completeness" } = useSearch({ from: "/shell/quality" });
  const navigate = useNavigate();
  const parts: { value: QualityPart; label: string }[] = [
    { value: "completeness", label: t`完整度` },
    { value: "doubles", label: t`疑似重复` },
    { value: "contradictions", label: t`自相矛盾` },
  ];
  return (
    <>
      <PageHead title={t`资料质量`} />
      <div className="quality">
        <div className="quality-tabs">
          <Pills
            label={t`看什么`}
            value={part}
            options={parts}
            onChange={(value) =>
              void navigate({ to: "/quality", search: value ? { part: value } : {} })
            }
          />
        </div>
        {part === "doubles" && <Doubles />}
        {part === "contradictions" && <Contradictions />}
        {part === "completeness" && <Completeness />}
      </div>
    </>
  );
}
