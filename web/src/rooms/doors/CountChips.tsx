import { Trans } from "@lingui/react/macro";
import type { ImportCounts } from "@/api/doors";
import { countText } from "@/lib/money";
import { Chip } from "@/ui/Chip";

/** What would happen with the rows, as chips; only what there is. */
export function CountChips({ counts }: { counts: ImportCounts }) {
  return (
    <span className="count-chips">
      {counts.new > 0 && (
        <Chip color="green">
          <Trans>新增 {countText(counts.new)}</Trans>
        </Chip>
      )}
      {counts.update > 0 && (
        <Chip color="blue">
          <Trans>更新 {countText(counts.update)}</Trans>
        </Chip>
      )}
      {counts.skip > 0 && (
        <Chip color="grey">
          <Trans>跳过 {countText(counts.skip)}</Trans>
        </Chip>
      )}
      {counts.refused > 0 && (
        <Chip color="red">
          <Trans>不能导入 {countText(counts.refused)}</Trans>
        </Chip>
      )}
      {counts.warnings > 0 && (
        <Chip color="amber">
          <Trans>提醒 {countText(counts.warnings)}</Trans>
        </Chip>
      )}
    </span>
  );
}
