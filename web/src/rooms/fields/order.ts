import type { Definition } from "@/api/fields";
import type { Place } from "@/rooms/fields/fieldApi";

/** A heading and the keys of the fields under it. */
export interface Block {
  name: string;
  keys: string[];
}

/** The headings in the order of the fields in use; archived fields stand apart. */
export function blocksOf(fields: Definition[]): Block[] {
  const found = new Map<string, string[]>();
  for (const { key, section, archived } of fields) {
    if (archived) continue;
    const there = found.get(section);
    if (there) there.push(key);
    else found.set(section, [key]);
  }
  return [...found].map(([name, keys]) => ({ name, keys }));
}

/** The blocks after a field was dropped: before the field it was dropped on, or behind it where it
 * came from above; at the end of a heading it was dropped on. */
export function moved(blocks: Block[], key: string, onto: { key: string } | { block: string }) {
  const from = blocks.find((one) => one.keys.includes(key));
  const to = blocks.find((one) =>
    "key" in onto ? one.keys.includes(onto.key) : one.name === onto.block,
  );
  if (!from || !to || ("key" in onto && onto.key === key)) return blocks;
  const at = "key" in onto ? to.keys.indexOf(onto.key) : to.keys.length;
  const without = (keys: string[]) => keys.filter((one) => one !== key);
  return blocks.map((block) => {
    if (block === to) {
      const rest = without(block.keys);
      // In its own heading the place it leaves closes up, so that it takes the other's place.
      const place = Math.min(at, rest.length);
      return { ...block, keys: [...rest.slice(0, place), key, ...rest.slice(place)] };
    }
    return block === from ? { ...block, keys: without(block.keys) } : block;
  });
}

/** The blocks with one of them moved up (-1) or down (1). */
export function shifted(blocks: Block[], name: string, by: -1 | 1): Block[] {
  const at = blocks.findIndex((one) => one.name === name);
  const other = at + by;
  const [here, there] = [blocks[at], blocks[other]];
  if (!here || !there) return blocks;
  return blocks.map((block, place) => (place === at ? there : place === other ? here : block));
}

/** The blocks with one renamed; one that gets the name of another joins it. */
export function renamed(blocks: Block[], from: string, to: string): Block[] {
  const joined = new Map<string, string[]>();
  for (const { name, keys } of blocks) {
    const next = name === from ? to : name;
    joined.set(next, [...(joined.get(next) ?? []), ...keys]);
  }
  return [...joined].map(([name, keys]) => ({ name, keys }));
}

/** Where every field stands, as the server takes it. */
export function placesOf(blocks: Block[]): Place[] {
  return blocks.flatMap(({ name, keys }) => keys.map((key) => ({ key, section: name })));
}

/** The fields as they stand in the blocks; archived ones behind. */
export function inOrder(fields: Definition[], blocks: Block[]): Definition[] {
  const byKey = new Map(fields.map((one) => [one.key, one]));
  const placed = placesOf(blocks).flatMap(({ key, section }) => {
    const field = byKey.get(key);
    byKey.delete(key);
    return field ? [{ ...field, section }] : [];
  });
  return [...placed, ...byKey.values()];
}
