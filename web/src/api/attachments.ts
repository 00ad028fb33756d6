import { csrfToken, signedInAgain } from "@/api/client";
import { getContentUrl } from "@/api/generated/attachments";
import type { AttachmentOut } from "@/api/generated/zhike.schemas";
import { offlineProblem, problemOf } from "@/api/problem";
import { apiPath } from "@/lib/practice";

/** What a file hangs on: the customer itself, or one of its records, or a field of either. */
export interface FilePlace {
  of: "customer" | "contact" | "follow_up" | "purchase" | "problem";
  record: number;
  /** The key of a field of type attachment. */
  field?: string | undefined;
}

const SIGNED_OUT = 401;

/** The files of a customer; all caches of them begin with this. */
export const filesKey = (customer: number) => ["attachments", customer] as const;

/** Where a file's content is: to be saved, or to be shown in the page. */
export function contentUrl(file: { id: number }, inline = false): string {
  return apiPath(getContentUrl(file.id, inline ? { inline: true } : {}));
}

/** Sends a file, telling how much of it has left (0 … 1). Throws `ApiProblem` for every refusal. */
export async function uploadFile(
  customer: number,
  file: File,
  place: FilePlace,
  onProgress: (part: number) => void,
): Promise<AttachmentOut> {
  let answer = await sent(customer, file, place, onProgress);
  if (answer.status === SIGNED_OUT && (await signedInAgain())) {
    answer = await sent(customer, file, place, onProgress);
  }
  if (!answer.ok) throw await problemOf(answer);
  return (await answer.json()) as AttachmentOut;
}

/** By XMLHttpRequest: fetch does not tell how far an upload has come. */
function sent(
  customer: number,
  file: File,
  { of, record, field }: FilePlace,
  onProgress: (part: number) => void,
): Promise<Response> {
  const form = new FormData();
  form.set("file", file);
  form.set("of", of);
  form.set("record_id", String(record));
  if (field) form.set("field", field);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", apiPath(`/api/v1/customers/${customer}/attachments`));
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () =>
      resolve(
        new Response(request.responseText, {
          status: request.status,
          headers: { "content-type": request.getResponseHeader("content-type") ?? "" },
        }),
      );
    request.onerror = () => reject(offlineProblem());
    request.send(form);
  });
}
