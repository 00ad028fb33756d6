import { useNavigate, useParams } from "@tanstack/react-router";
import { NotFoundPage } from "@/app/NotFoundPage";
import { CustomerFile } from "@/app/pages/CustomerFile";

/** One customer as a page with its own address. */
export function CustomerPage() {
  const { id } = useParams({ from: "/shell/customers/$id" });
  const navigate = useNavigate();
  if (!/^\d{1,15}$/.test(id)) return <NotFoundPage />;
  return (
    <CustomerFile key={id} id={Number(id)} onGone={() => void navigate({ to: "/customers" })} />
  );
}
