/** Hearing of new notices: at once where the server has a stream to spare, else by asking. */

/** What the stream tells of a new notice. */
export interface News {
  id: number;
  kind: string;
  title: string;
  unread: number;
}

export interface Ears {
  onUnread: (count: number) => void;
  onNews: (news: News) => void;
  /** Looks once; tells by the other two. Never throws. */
  ask: () => Promise<void>;
  /** Is the window in sight? One that is not leaves the stream to others. */
  isSeen: () => boolean;
}

/** The part of EventSource that is used. */
export interface Stream {
  readonly readyState: number;
  addEventListener(type: string, heard: (event: MessageEvent<string>) => void): void;
  close(): void;
}

const CLOSED = 2;
/** How often to look without a stream, in milliseconds. */
export const ASK_EVERY = 30_000;
/** Where streams end this soon, something in between does not let them live: asking is better. */
export const TOO_SOON = 8_000;
/** How many looks until a stream is tried again after one was refused. */
export const LOOKS_BETWEEN = 4;

/** Listens until stopped. One stream there is per person: the window used last has it, and whoever
 * loses it asks now and then until it is used again. */
export class Listening {
  private stream: Stream | null = null;
  private openedAt = 0;
  private timer: number | undefined;
  private looks = 0;
  private isOn = false;

  constructor(
    /** None where there is no stream to be had: then it only asks. */
    private readonly open: (() => Stream) | null,
    private readonly ears: Ears,
  ) {}

  start(): void {
    if (this.isOn) return;
    this.isOn = true;
    if (this.ears.isSeen()) this.listen();
    else this.askInstead(Number.NEGATIVE_INFINITY);
  }

  stop(): void {
    this.isOn = false;
    this.hangUp();
    window.clearTimeout(this.timer);
  }

  /** The window is in use again: a stream is worth trying. */
  wake(): void {
    if (!this.isOn || this.stream) return;
    window.clearTimeout(this.timer);
    this.listen();
  }

  get isLive(): boolean {
    return this.stream !== null;
  }

  private listen(): void {
    if (!this.open) {
      this.askInstead(0);
      return;
    }
    this.openedAt = Date.now();
    const stream = this.open();
    this.stream = stream;
    stream.addEventListener("open", () => {
      this.openedAt = Date.now();
    });
    stream.addEventListener("summary", (event) => {
      const told = read<{ unread: number }>(event.data);
      if (told) this.ears.onUnread(told.unread);
    });
    stream.addEventListener("notice", (event) => {
      const told = read<News>(event.data);
      if (told) this.ears.onNews(told);
    });
    // Another window has it now; it is not taken back before this one is used again.
    stream.addEventListener("taken", () => this.askInstead(Number.NEGATIVE_INFINITY));
    stream.addEventListener("error", () => {
      if (stream !== this.stream) return;
      // One that lasted its time comes again by itself, and asks for what it missed.
      const lasted = Date.now() - this.openedAt >= TOO_SOON;
      if (stream.readyState === CLOSED || !lasted) this.askInstead(0);
      else if (!this.ears.isSeen()) this.askInstead(Number.NEGATIVE_INFINITY);
    });
  }

  private askInstead(looks: number): void {
    this.hangUp();
    this.looks = looks;
    void this.look();
  }

  private hangUp(): void {
    this.stream?.close();
    this.stream = null;
  }

  private async look(): Promise<void> {
    await this.ears.ask();
    if (!this.isOn || this.stream) return;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.looks += 1;
      if (this.looks >= LOOKS_BETWEEN) this.listen();
      else void this.look();
    }, ASK_EVERY);
  }
}

function read<Told>(text: string): Told | null {
  try {
    return JSON.parse(text) as Told;
  } catch {
    return null;
  }
}
