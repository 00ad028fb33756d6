import { Trans } from "@lingui/react/macro";
import { keyCaps } from "@/lib/keys";

interface KeyHintProps {
  isBlank: boolean;
  isAsking: boolean;
  /** Enter was pressed before there was anything to look at. */
  isEarly: boolean;
  hasLines: boolean;
}

/** What Enter would do now. */
export function KeyHint({ isBlank, isAsking, isEarly, hasLines }: KeyHintProps) {
  const chord = keyCaps("mod+enter").join("+");
  return (
    <span className={`composer-hint ${isEarly ? "is-early" : ""}`}>
      {isBlank ? (
        <Trans>回车保存，Shift+回车换行</Trans>
      ) : hasLines ? (
        <Trans>看一眼，{chord} 记下</Trans>
      ) : isAsking ? (
        <Trans>回车去定日子，{chord} 直接记下</Trans>
      ) : isEarly ? (
        <Trans>看一眼，没错再按回车</Trans>
      ) : (
        <Trans>看一眼，回车记下</Trans>
      )}
    </span>
  );
}
