import { useSyncExternalStore } from "react";
import type { FollowUpIn } from "@/api/generated/zhike.schemas";
import { ApiProblem } from "@/api/problem";
import { readElsewhere, readStored, writeStored } from "@/lib/stored";

/** A follow-up written without a connection: kept in this browser until it could be sent. */
export interface Waiting {
  key: string;
  customer: { id: number; name: string };
  body: FollowUpIn;
  /** The budget that was told: it goes into the file once the follow-up has arrived. */
  budget?: string;
  /** Why the server would not take it; null while it only waits for the network. */
  problem: string | null;
}

interface Post {
  send: (waiting: Waiting) => Promise<unknown>;
  /** Did it arrive, and only the answer got lost? Asked before it is sent again. */
  isThere: (waiting: Waiting) => Promise<boolean>;
}

const NONE: Waiting[] = [];
const boxes = new Map<number, Waiting[]>();
const listeners = new Set<() => void>();

export function waitingOf(person: number): Waiting[] {
  let box = boxes.get(person);
  if (!box) {
    box = readStored<Waiting[]>(`outbox.${person}`, NONE);
    boxes.set(person, box);
  }
  return box;
}

/** How many wait on this device, be it for real customers or for those one practises with. */
export function countUnsent(person: number): number {
  return waitingOf(person).length + readElsewhere(`outbox.${person}`, NONE).length;
}

/** Gives the key by which it is known while it waits. */
export function keep(person: number, waiting: Omit<Waiting, "key" | "problem">): string {
  const key = `${Date.now()}-${Math.random().toString(36).slice(2, 8)}`;
  write(person, [...waitingOf(person), { ...waiting, key, problem: null }]);
  return key;
}

export function drop(person: number, key: string): void {
  write(
    person,
    waitingOf(person).filter((one) => one.key !== key),
  );
}

/** Sends what waits, oldest first. Stops at the first that finds no connection; one the server
 * refuses stays with its reason and does not hold up the others. Gives the customers reached. */
export async function sendWaiting(person: number, post: Post): Promise<number[]> {
  const reached: number[] = [];
  // Another tab may have sent some of it meanwhile.
  boxes.delete(person);
  for (const waiting of waitingOf(person).filter((one) => one.problem === null)) {
    try {
      if (!(await post.isThere(waiting))) await post.send(waiting);
      drop(person, waiting.key);
      reached.push(waiting.customer.id);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (isPassing(error)) return reached;
      mark(person, waiting.key, error.message);
    }
  }
  return reached;
}

export function useWaiting(person: number): Waiting[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waitingOf(person),
  );
}

/** Will it go another time? No network, a session that ended, a server just being restarted. */
export function isPassing(error: ApiProblem): boolean {
  return error.isOffline || error.status === 401 || error.status === 429 || error.status >= 500;
}

function mark(person: number, key: string, problem: string): void {
  write(
    person,
    waitingOf(person).map((one) => (one.key === key ? { ...one, problem } : one)),
  );
}

function write(person: number, box: Waiting[]): void {
  boxes.set(person, box);
  writeStored(`outbox.${person}`, box);
  for (const listener of listeners) listener();
}
