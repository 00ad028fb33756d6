import { Popover } from "antd";
import { type CSSProperties, useState } from "react";
import { type ChipColour, chipColour } from "@/ui/Chip";
import { Swatches } from "@/ui/Swatches";

interface ColourPickProps {
  color: string;
  label: string;
  onChange: (color: ChipColour) => void;
}

/** A dot in the colour of a word; a click offers the others. */
export function ColourPick({ color, label, onChange }: ColourPickProps) {
  const [isOpen, setOpen] = useState(false);
  const now = chipColour(color);
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      content={
        <Swatches
          value={now}
          label={label}
          onChange={(next) => {
            setOpen(false);
            onChange(next);
          }}
        />
      }
    >
      <button
        type="button"
        className="swatch"
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        style={
          {
            "--swatch": `var(--chip-${now})`,
            "--swatch-ink": `var(--chip-${now}-ink)`,
          } as CSSProperties
        }
      />
    </Popover>
  );
}
