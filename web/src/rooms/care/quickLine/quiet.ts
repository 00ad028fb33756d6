import { reach } from "@/api/client";

/** Asks the server without a word to the person: no answer is null, whatever the reason. A session
 * that has ended is not worth interrupting somebody who types; saving will ask for the password. */
export async function quietly<Answer>(url: string, init: RequestInit): Promise<Answer | null> {
  if (!navigator.onLine) return null;
  try {
    const answer = await reach(url, init);
    return answer.ok ? ((await answer.json()) as Answer) : null;
  } catch {
    return null;
  }
}
