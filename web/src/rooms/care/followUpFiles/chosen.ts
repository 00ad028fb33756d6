import { useSyncExternalStore } from "react";
import { uploadFile } from "@/api/attachments";
import { messageOf } from "@/api/problem";

/** A file chosen while a follow-up is written. It can be sent only once the follow-up is there, and
 * cannot be kept over a reload. */
export interface ChosenFile {
  key: number;
  person: number;
  customer: number;
  file: File;
  /** Where it goes: with what is being written, with what waits for the network (its key), or to
   * a follow-up that is saved (its id). */
  to: "draft" | string | number;
  /** How much of it has left: 0 … 1. */
  progress: number;
  problem: string | null;
}

let files: readonly ChosenFile[] = [];
let count = 0;
let last: Promise<void> = Promise.resolve();
const listeners = new Set<() => void>();

export function useChosen(): readonly ChosenFile[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => files,
  );
}

export function choose(person: number, customer: number, chosen: readonly File[]): void {
  const added = chosen.map((file): ChosenFile => {
    count += 1;
    return { key: count, person, customer, file, to: "draft", progress: 0, problem: null };
  });
  change([...files, ...added]);
}

export function forget(key: number): void {
  change(files.filter((one) => one.key !== key));
}

/** What was chosen for a draft waits with it for the network. Gives how many do. */
export function holdBack(person: number, customer: number, waiting: string): number {
  const isMeant = (one: ChosenFile) => isOfDraft(one, person, customer);
  const held = files.filter(isMeant).length;
  change(files.map((one) => (isMeant(one) ? { ...one, to: waiting } : one)));
  return held;
}

/** What waited goes back to what is being written: its follow-up is corrected first. */
export function takeBack(waiting: string): void {
  change(files.map((one) => (one.to === waiting ? { ...one, to: "draft" } : one)));
}

/** The draft is about somebody else after all: its files go along. */
export function passOn(person: number, from: number, to: number): void {
  change(files.map((one) => (isOfDraft(one, person, from) ? { ...one, customer: to } : one)));
}

interface Sending {
  followUp: number;
  /** One has arrived. */
  onSent: () => void;
  /** One was refused; it stays with the follow-up, to be sent again or put away. */
  onRefused: (name: string, problem: string) => void;
}

/** Sends what was chosen for a draft: its follow-up is saved now. */
export function sendOfDraft(person: number, customer: number, sending: Sending): void {
  send((one) => isOfDraft(one, person, customer), sending);
}

/** Sends what waited for the network together with its follow-up. */
export function sendOfWaiting(waiting: string, sending: Sending): void {
  send((one) => one.to === waiting, sending);
}

/** Sends one again that was refused. */
export function sendAgain(key: number, sending: Sending): void {
  send((one) => one.key === key, sending);
}

function isOfDraft(one: ChosenFile, person: number, customer: number): boolean {
  return one.to === "draft" && one.person === person && one.customer === customer;
}

/** One after the other, in the order in which they were chosen. */
function send(isMeant: (one: ChosenFile) => boolean, sending: Sending): void {
  for (const one of files.filter(isMeant)) {
    put(one.key, { to: sending.followUp, problem: null, progress: 0 });
    last = last.then(() => carry(one, sending));
  }
}

async function carry({ key, customer, file }: ChosenFile, sending: Sending): Promise<void> {
  const place = { of: "follow_up" as const, record: sending.followUp };
  try {
    await uploadFile(customer, file, place, (progress) => put(key, { progress }));
    forget(key);
    sending.onSent();
  } catch (error) {
    const problem = messageOf(error);
    put(key, { problem });
    sending.onRefused(file.name, problem);
  }
}

function put(key: number, part: Partial<ChosenFile>): void {
  change(files.map((one) => (one.key === key ? { ...one, ...part } : one)));
}

function change(next: readonly ChosenFile[]): void {
  files = next;
  for (const listener of listeners) listener();
}
