import { useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRights } from "@/api/rights";
import { Reviews } from "@/rooms/customers/reviews/Reviews";
import { PageHead } from "@/ui/PageHead";

/** 审核: the queue for those who may decide; what they asked for, for everybody else. */
export function ReviewsPage() {
  const { t } = useLingui();
  const mayReview = useRights().may("review");
  const { view } = useSearch({ from: "/shell/reviews" });
  const navigate = useNavigate();
  return (
    <>
      <PageHead
        title={mayReview ? t`审核` : t`我提交的审核`}
        note={mayReview ? t`通过了才算数，不通过就保持原样` : t`通过了才算数，结果和原因都在这里`}
      />
      <Reviews
        view={view}
        onView={(next) => void navigate({ to: "/reviews", search: { view: next }, replace: true })}
      />
    </>
  );
}
