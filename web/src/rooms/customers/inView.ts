import type { PopoverProps } from "antd";

/** A popover that would leave the window at the side is moved, not turned over: on the phone there
 * is no room on the other side either. */
export const IN_VIEW = { adjustX: 0, adjustY: 1, shiftX: true } as NonNullable<
  PopoverProps["autoAdjustOverflow"]
>;
