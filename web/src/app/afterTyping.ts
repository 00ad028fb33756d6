/** Milliseconds without a key after which a sentence counts as paused. */
const PAUSE = 1_000;

let typedAt = Number.NEGATIVE_INFINITY;

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
  return typedAt + PAUSE - performance.now();
}
