import type { UnderstoodOut } from "@/api/generated/zhike.schemas";

/** A reading for the tests, of a sentence that tells only what is given. */
export function reading(told: Partial<UnderstoodOut>): UnderstoodOut {
  return {
    date: null,
    way: null,
    person: null,
    contact_id: null,
    next_date: null,
    next_time: null,
    next_matter: null,
    amounts: [],
    budget: null,
    need: null,
    response: null,
    content: "",
    todos: [],
    vague: null,
    questions: [],
    spans: [],
    ...told,
  };
}
