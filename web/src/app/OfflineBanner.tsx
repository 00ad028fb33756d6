import { Trans } from "@lingui/react/macro";
import { useIsOnline } from "@/lib/screen";

export function OfflineBanner() {
  const isOnline = useIsOnline();
  if (isOnline) return null;
  return (
    <div className="offline" role="status">
      <Trans>网络断了。跟进照样能记，连上自动补发；已打开的还能看，别的改动连上再保存。</Trans>
    </div>
  );
}
