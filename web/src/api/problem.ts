import { t } from "@lingui/core/macro";

export interface FieldProblem {
  field: string;
  message: string;
}

/** Who changed a field meanwhile, in the answer to a save that came too late. */
export interface ChangedField {
  by: string;
  at: string;
}

/** The body of every refusal of the server (application/problem+json). */
export interface ProblemBody {
  status: number;
  code: string;
  title: string;
  field?: string | null;
  errors?: FieldProblem[];
  /** code "stale": the record as it is now, and who changed which field. */
  current?: unknown;
  changed?: Record<string, ChangedField>;
  [extra: string]: unknown;
}

/** A refusal, with a sentence for the reader as its message. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | null;
  readonly errors: FieldProblem[];
  readonly body: ProblemBody;

  constructor(body: ProblemBody) {
    super(body.title);
    this.name = "ApiProblem";
    this.status = body.status;
    this.code = body.code;
    this.field = body.field ?? body.errors?.[0]?.field ?? null;
    this.errors = body.errors ?? (body.field ? [{ field: body.field, message: body.title }] : []);
    this.body = body;
  }

  /** No answer at all: the connection is down or the server is. What was typed must stay. */
  get isOffline(): boolean {
    return this.code === "offline";
  }

  /** Somebody else saved first. */
  get isStale(): boolean {
    return this.code === "stale";
  }
}

export function offlineProblem(): ApiProblem {
  return new ApiProblem({
    status: 0,
    code: "offline",
    title: t`连不上服务器，你写的内容还在，稍后再试`,
  });
}

/** The refusal in an answer, also where a proxy in between wrote it and not our server. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const isProblem = response.headers.get("content-type")?.includes("json") ?? false;
  const body = isProblem ? ((await response.json().catch(() => null)) as ProblemBody | null) : null;
  if (body && typeof body.title === "string") {
    return new ApiProblem({ ...body, status: response.status });
  }
  const title =
    response.status === 413 ? t`文件太大，服务器没有收下` : t`服务器出了点问题，请稍后再试`;
  return new ApiProblem({ status: response.status, code: "unexpected", title });
}

/** What to tell the reader about any error caught around a request. */
export function messageOf(error: unknown): string {
  return error instanceof ApiProblem ? error.message : t`出了点意外，请再试一次`;
}
