import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { messageOf } from "@/api/problem";
import {
  refreshSheets,
  type SheetActions,
  type SheetKind,
  sheetKeys,
} from "@/rooms/care/sheets/queries";
import { useUndo } from "@/ui/undo";

interface Placed {
  id: number;
  position: number;
}

/** Removing with a way back, and putting in order: shown at once, taken back where it is refused. */
export function useSheets<Sheet extends Placed, Said, Patch>(
  kind: SheetKind,
  actions: SheetActions<Sheet, Said, Patch>,
) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const offerUndo = useUndo();
  const show = (change: (items: Sheet[]) => Sheet[]) =>
    cache.setQueriesData<{ items: Sheet[] }>(
      { queryKey: sheetKeys[kind] },
      (list) => list && { items: change(list.items) },
    );
  return {
    remove: async (sheet: Sheet, name: string): Promise<void> => {
      show((items) => items.filter(({ id }) => id !== sheet.id));
      try {
        await actions.remove(sheet.id);
        offerUndo(t`删掉了“${name}”`, async () => {
          await actions.restore(sheet.id);
          await refreshSheets(cache, kind);
        });
      } catch (error) {
        message.error(messageOf(error));
      }
      void refreshSheets(cache, kind);
    },
    /** Some of them in another order, in the places they hold among all. */
    order: async (before: Sheet[], after: Sheet[]): Promise<void> => {
      const places = new Map(after.map((one, at) => [one.id, before[at]?.position]));
      show((items) =>
        items.map((one) => ({ ...one, position: places.get(one.id) ?? one.position })),
      );
      try {
        await actions.order(after.map(({ id }) => id));
      } catch (error) {
        message.error(messageOf(error));
      }
      void refreshSheets(cache, kind);
    },
  };
}
