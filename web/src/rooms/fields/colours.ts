import { type ChipColour, chipColour } from "@/ui/Chip";

/** Our seven colours in the names dictionaries are kept with. */
const KEPT: Record<ChipColour, string> = {
  grey: "default",
  green: "green",
  teal: "cyan",
  blue: "blue",
  violet: "purple",
  amber: "gold",
  red: "red",
};

/** The name the server knows a colour by. */
export function serverColour(color: string): string {
  return KEPT[chipColour(color)];
}
