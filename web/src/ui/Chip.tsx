import type { ReactNode } from "react";
import type { Choice } from "@/api/types";
import "@/ui/parts.css";

export type ChipColour = "grey" | "green" | "blue" | "amber" | "red" | "violet" | "teal";

const COLOURS: ReadonlySet<string> = new Set([
  "grey",
  "green",
  "blue",
  "amber",
  "red",
  "violet",
  "teal",
]);
/** Dictionaries and tags may name any of Ant Design's tag colours; these are ours for them. */
const ALIASES: Record<string, ChipColour> = {
  gray: "grey",
  default: "grey",
  orange: "amber",
  gold: "amber",
  yellow: "amber",
  purple: "violet",
  cyan: "teal",
  pink: "red",
  magenta: "red",
  volcano: "red",
  geekblue: "blue",
  lime: "green",
};

interface ChipProps {
  color?: string | null | undefined;
  children: ReactNode;
  title?: string;
}

/** A small coloured label for a type, a state, a tag. */
export function Chip({ color, children, title }: ChipProps) {
  return (
    <span className={`chip chip-${chipColour(color)}`} title={title}>
      {children}
    </span>
  );
}

/** The chip of a choice by its value; nothing where there is no value. */
export function ChoiceChip({
  value,
  choices,
}: {
  value: string | null | undefined;
  choices: Choice[];
}) {
  if (!value) return null;
  const choice = choices.find((one) => one.value === value);
  return <Chip color={choice?.color}>{choice?.label ?? value}</Chip>;
}

/** The words of a choice. */
export function choiceLabel(value: string | null, choices: Choice[]): string {
  return choices.find((one) => one.value === value)?.label ?? value ?? "";
}

/** The colour of ours that a name of any origin means. */
export function chipColour(color: string | null | undefined): ChipColour {
  if (!color) return "grey";
  return COLOURS.has(color) ? (color as ChipColour) : (ALIASES[color] ?? "grey");
}
