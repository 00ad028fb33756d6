import "@testing-library/jest-dom/vitest";
import "@/lib/i18n";
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

// jsdom lays nothing out: the grid needs a screen of some size to draw rows on.
const SCREEN = { offsetHeight: 600, offsetWidth: 1200, clientHeight: 600, clientWidth: 1200 };
for (const [name, value] of Object.entries(SCREEN)) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });
}

window.matchMedia = (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
  }) as unknown as MediaQueryList;

window.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

Element.prototype.scrollTo = () => {};

afterEach(() => {
  cleanup();
  localStorage.clear();
});
