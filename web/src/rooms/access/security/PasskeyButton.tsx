import { KeyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { type PasskeyUse, passkeyToUse, sendPasskey } from "@/api/factors";
import { askPasskey } from "@/rooms/access/security/webauthn";

interface PasskeyButtonProps {
  use: PasskeyUse;
  type?: "default" | "primary";
  onDone: () => void | Promise<void>;
  onProblem: (error: unknown) => void;
  children: ReactNode;
}

/** Asks for a passkey and hands the answer to the server. */
export function PasskeyButton({ use, type, onDone, onProblem, children }: PasskeyButtonProps) {
  const [isBusy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    onProblem(null);
    try {
      const credential = await askPasskey(await passkeyToUse(use));
      await sendPasskey(use, credential);
      await onDone();
    } catch (error) {
      onProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      icon={<KeyOutlined />}
      type={type ?? "default"}
      size="large"
      block
      loading={isBusy}
      onClick={go}
    >
      {children}
    </Button>
  );
}
