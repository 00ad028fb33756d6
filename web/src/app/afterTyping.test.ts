import { beforeEach, expect, it, vi } from "vitest";
import { afterTyping } from "@/app/afterTyping";

let field: HTMLTextAreaElement;

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = "<textarea></textarea>";
  field = document.querySelector("textarea") as HTMLTextAreaElement;
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  return () => vi.useRealTimers();
});

function type() {
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

function asked() {
  const found = vi.fn();
  void afterTyping().then(found);
  return found;
}

it("does not wait where nobody types", async () => {
  const found = asked();
  await vi.advanceTimersByTimeAsync(0);
  expect(found).toHaveBeenCalled();
});

it("waits for a second without a key, counted from the last one", async () => {
  type();
  const found = asked();
  await vi.advanceTimersByTimeAsync(700);
  type();
  await vi.advanceTimersByTimeAsync(900);
  expect(found).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  expect(found).toHaveBeenCalled();
});

it("takes Enter for the end of the sentence, but not the one that picks a word", async () => {
  type();
  const picking = { key: "Enter", bubbles: true, isComposing: true };
  field.dispatchEvent(new KeyboardEvent("keydown", picking));
  let found = asked();
  await vi.advanceTimersByTimeAsync(500);
  expect(found).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(600);
  type();
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  found = asked();
  await vi.advanceTimersByTimeAsync(0);
  expect(found).toHaveBeenCalled();
});

it("waits while words are being picked, however long, but not for a field that is gone", async () => {
  field.focus();
  field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
  let found = asked();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(found).not.toHaveBeenCalled();
  field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(found).toHaveBeenCalled();

  field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
  field.remove();
  found = asked();
  await vi.advanceTimersByTimeAsync(0);
  expect(found).toHaveBeenCalled();
});
