import { useLingui } from "@lingui/react/macro";
import type { CSSProperties } from "react";
import type { ChipColour } from "@/ui/Chip";
import "@/ui/settings.css";

const COLOURS: ChipColour[] = ["grey", "green", "teal", "blue", "violet", "amber", "red"];

interface SwatchesProps {
  value: string;
  onChange: (colour: ChipColour) => void;
  label: string;
}

/** One of our seven colours. */
export function Swatches({ value, onChange, label }: SwatchesProps) {
  const { t } = useLingui();
  const names: Record<ChipColour, string> = {
    grey: t`灰`,
    green: t`绿`,
    teal: t`青`,
    blue: t`蓝`,
    violet: t`紫`,
    amber: t`黄`,
    red: t`红`,
  };
  return (
    <span className="swatches" role="radiogroup" aria-label={label}>
      {COLOURS.map((colour) => (
        // biome-ignore lint/a11y/useSemanticElements: a radio input cannot be drawn as a colour
        <button
          key={colour}
          type="button"
          role="radio"
          className="swatch"
          aria-checked={colour === value}
          aria-label={names[colour]}
          title={names[colour]}
          style={
            {
              "--swatch": `var(--chip-${colour})`,
              "--swatch-ink": `var(--chip-${colour}-ink)`,
            } as CSSProperties
          }
          onClick={() => onChange(colour)}
        />
      ))}
    </span>
  );
}
