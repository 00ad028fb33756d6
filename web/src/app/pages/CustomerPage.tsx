import { useCanGoBack, useNavigate, useParams, useRouter } from "@tanstack/react-router";
import { NotFoundPage } from "@/app/NotFoundPage";
import { CustomerFile } from "@/app/pages/CustomerFile";

/** One customer as a page with its own address. */
export function CustomerPage() {
  const { id } = useParams({ from: "/shell/customers/$id" });
  const navigate = useNavigate();
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const leave = () => void navigate({ to: "/customers" });
  if (!/^\d{1,15}$/.test(id)) return <NotFoundPage />;
  return (
    <CustomerFile
      key={id}
      id={Number(id)}
      onGone={leave}
      onBack={() => (canGoBack ? router.history.back() : leave())}
    />
  );
}
