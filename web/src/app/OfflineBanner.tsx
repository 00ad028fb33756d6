import { Trans } from "@lingui/react/macro";
import { useIsOnline } from "@/lib/screen";

export function OfflineBanner() {
  const isOnline = useIsOnline();
  if (isOnline) return null;
  return (
    <div className="offline" role="status">
      <Trans>网络断了。已打开的还能看，写到一半的别关，连上再保存。</Trans>
    </div>
  );
}
