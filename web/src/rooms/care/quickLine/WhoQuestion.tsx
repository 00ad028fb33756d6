import { Trans } from "@lingui/react/macro";
import { messageOf } from "@/api/problem";
import { useIsTouch } from "@/lib/screen";

interface WhoQuestionProps {
  /** Some resemble what was typed. */
  isFound: boolean;
  isOnline: boolean;
  error: Error | null;
  word: string;
}

/** So little is a name rather than a sentence. */
const SHORT = 6;

/** Asked where nobody is taken without being chosen: whom is it about, and how to say so. */
export function WhoQuestion({ isFound, isOnline, error, word }: WhoQuestionProps) {
  const isTouch = useIsTouch();
  return (
    <p className="pick-none" role="status">
      {error ? (
        `${messageOf(error)} `
      ) : isFound ? (
        <Trans>有几位像，拿不准是哪位。</Trans>
      ) : !isOnline ? (
        <Trans>没连上网，只找了这台设备上看过的客户。</Trans>
      ) : word.length <= SHORT ? (
        <Trans>没有找到“{word}”。</Trans>
      ) : (
        <Trans>没看出说的是哪位。</Trans>
      )}
      <strong>
        <Trans>记在哪位客户下？</Trans>
      </strong>
      {isTouch ? <Trans>点一位，或者换个名字找。</Trans> : <Trans>按 ↓ 选，或者换个名字找。</Trans>}
    </p>
  );
}
