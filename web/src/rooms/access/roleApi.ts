import {
  addRole as add,
  allRoles,
  belongings,
  changeRole as change,
  closePerson,
  people,
  removeRole,
  vocabulary,
} from "@/api/generated/access";
import type { RoleChange } from "@/rooms/access/roleDraft";
import type { Belongings, Colleague, Role, Vocabulary } from "@/rooms/access/roleTypes";

/** The generated client with the narrower shapes of this room, where the description of the API
 * only says "text" (server: zhike/access/rights.py). */

export const getVocabulary = () => vocabulary() as Promise<Vocabulary>;
export const listRoles = () => allRoles() as Promise<{ items: Role[] }>;
export const addRole = (body: { name: string; note?: string; copy_of?: number }) =>
  add(body) as Promise<Role>;
export const changeRole = (id: number, body: RoleChange & { version: number }) =>
  change(id, body as Parameters<typeof change>[1]) as Promise<Role>;
export const deleteRole = (id: number) => removeRole(id);

export const listPeople = () => people() as Promise<{ items: Colleague[] }>;
export const getBelongings = async (id: number): Promise<Belongings> => ({
  ...NOTHING,
  ...(await belongings(id)),
});

const NOTHING: Belongings = { customers: 0, tasks: 0, collaborations: 0 };
export const leave = (id: number, body: { successor_id: number | null; note?: string }) =>
  closePerson(id, body) as Promise<Colleague>;
