import { ArrowRightOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ReviewOut } from "@/api/generated/zhike.schemas";
import { calendarText } from "@/lib/days";

/** Old and new side by side; for a new customer the facts that matter. */
export function ReviewChanges({ review }: { review: ReviewOut }) {
  const { t } = useLingui();
  const isNew = review.kind === "new";
  return (
    <div className="review-changes">
      {review.changes.length > 0 && (
        <table aria-label={isNew ? t`新客户的资料` : t`修改前后`}>
          <colgroup>
            <col className="review-what" />
            <col />
            {!isNew && <col />}
          </colgroup>
          <thead className={isNew ? "visually-hidden" : ""}>
            <tr>
              <th scope="col">
                <Trans>项目</Trans>
              </th>
              {!isNew && (
                <th scope="col">
                  {review.state === "pending" ? <Trans>现在</Trans> : <Trans>原来</Trans>}
                </th>
              )}
              <th scope="col">
                {isNew ? <Trans context="review">内容</Trans> : <Trans>改成</Trans>}
              </th>
            </tr>
          </thead>
          <tbody>
            {review.changes.map((change) => (
              <tr key={change.field}>
                <th scope="row">{change.label}</th>
                {!isNew && (
                  <td className="review-old">
                    <Value text={change.old} />
                  </td>
                )}
                <td className={isNew ? "" : "review-new"}>
                  {!isNew && <ArrowRightOutlined className="review-arrow" aria-hidden />}
                  <Value text={change.new} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {review.left_out > 0 && (
        <p className="faint">
          <Plural
            value={review.left_out}
            one="另有 # 项你看不到，由看得到的同事审核"
            other="另有 # 项你看不到，由看得到的同事审核"
          />
        </p>
      )}
    </div>
  );
}

function Value({ text }: { text: string }) {
  if (text === "") {
    return (
      <span className="faint">
        <Trans>（空）</Trans>
      </span>
    );
  }
  return <>{/^\d{4}-\d{2}-\d{2}$/.test(text) ? calendarText(text) : text}</>;
}
