import { Button, type ButtonProps } from "antd";
import { type FormEvent, useState } from "react";
import { csrfToken } from "@/api/client";

interface ProviderFormProps extends Pick<ButtonProps, "size" | "block" | "icon"> {
  provider: string;
  /** Signs in, or links the account there with the one that is signed in here. */
  process: "login" | "connect";
  /** Where one comes back to: a path of this product. */
  returnTo: string;
  /** What has to come first; where it gives false, one stays here. */
  before?: () => Promise<boolean>;
  children: React.ReactNode;
}

/** Leaves for the company's single sign-on: a real form, since the browser itself has to go there. */
export function ProviderForm(props: ProviderFormProps) {
  const { provider, process, returnTo, before, children, ...button } = props;
  const [isBusy, setBusy] = useState(false);
  const fields = {
    provider,
    process,
    callback_url: new URL(returnTo, window.location.origin).href,
    csrfmiddlewaretoken: csrfToken(),
  };
  const leave = async (event: FormEvent<HTMLFormElement>) => {
    if (!before) return;
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    if (await before()) {
      // What came before may have opened a new session, with a token of its own.
      const token = form.elements.namedItem("csrfmiddlewaretoken");
      if (token instanceof HTMLInputElement) token.value = csrfToken();
      form.submit();
    } else setBusy(false);
  };
  return (
    <form method="post" action="/_allauth/browser/v1/auth/provider/redirect" onSubmit={leave}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button htmlType="submit" loading={isBusy} {...button}>
        {children}
      </Button>
    </form>
  );
}
