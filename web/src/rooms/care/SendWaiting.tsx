import { useSendWaiting } from "@/rooms/care/logging";

/** Stands in the frame, unseen: sends the follow-ups written without a connection. */
export function SendWaiting() {
  useSendWaiting();
  return null;
}
