import { Trans } from "@lingui/react/macro";
import { Button, Skeleton } from "antd";
import { useEffect, useRef } from "react";

interface MoreWhenSeenProps {
  isLoading: boolean;
  onSeen: () => void;
}

/** The foot of a list: fetches the next page before one arrives there. */
export function MoreWhenSeen({ isLoading, onSeen }: MoreWhenSeenProps) {
  const foot = useRef<HTMLDivElement>(null);
  const seen = useRef(onSeen);
  seen.current = onSeen;
  useEffect(() => {
    if (!foot.current || isLoading) return;
    const watcher = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && seen.current(),
      { rootMargin: "600px" },
    );
    watcher.observe(foot.current);
    return () => watcher.disconnect();
  }, [isLoading]);
  return (
    // Positioned: else the hidden button would lengthen the whole window, far below the screen.
    <div ref={foot} style={{ position: "relative" }}>
      <Skeleton active title={false} paragraph={{ rows: 2 }} />
      <Button type="link" className="visually-hidden" onClick={() => onSeen()}>
        <Trans>看更早的</Trans>
      </Button>
    </div>
  );
}
