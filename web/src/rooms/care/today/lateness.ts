const WHOLE = 100;
/** From a fifth on it is worth a word. */
const OFTEN = 0.2;

/** How many of a hundred were written down in time. Never 100 while one was late. */
export function inTimeShare(lateRate: number): number {
  return lateRate > 0 ? Math.min(WHOLE - 1, Math.round((1 - lateRate) * WHOLE)) : WHOLE;
}

export function isOftenLate(lateRate: number | null): boolean {
  return lateRate !== null && lateRate >= OFTEN;
}
