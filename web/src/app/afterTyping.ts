/** Milliseconds without a key after which a sentence counts as paused. */
const PAUSE = 1_000;

let typedAt = Number.NEGATIVE_INFINITY;
/** Where an input method is offering words: choosing one may take longer than the pause. */
let composingIn: EventTarget | null = null;

document.addEventListener("compositionstart", (event) => (composingIn = event.target), true);
document.addEventListener("compositionend", () => (composingIn = null), true);
// `input` is also what an input method and pasting bring; Enter says that one has finished.
document.addEventListener("input", () => (typedAt = performance.now()), true);
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Enter" && !event.isComposing) typedAt = Number.NEGATIVE_INFINITY;
  },
  true,
);

/** Resolves once nobody is in the middle of a sentence: what takes the keys away waits for that. */
export async function afterTyping(): Promise<void> {
  for (let rest = restOfPause(); rest > 0; rest = restOfPause()) {
    await new Promise((resolve) => setTimeout(resolve, rest));
  }
}

function restOfPause(): number {
  // A field taken away meanwhile never tells that it has ended.
  if (composingIn !== null && composingIn === document.activeElement) return PAUSE;
  return typedAt + PAUSE - performance.now();
}
