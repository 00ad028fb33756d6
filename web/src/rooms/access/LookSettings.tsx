import { useLingui } from "@lingui/react/macro";
import { Segmented } from "antd";
import { type Look, useLook } from "@/ui/look";
import { SettingsPart } from "@/ui/SettingsPart";

/** How it should look on this machine. */
export function LookSettings() {
  const { t } = useLingui();
  const look = useLook();
  return (
    <SettingsPart title={t`外观`} note={t`只管这台设备。`}>
      <dl className="settings-rows">
        <div>
          <dt id="look-theme">{t`明暗`}</dt>
          <dd>
            <Segmented<Look["theme"]>
              aria-labelledby="look-theme"
              value={look.theme}
              onChange={(theme) => look.change({ theme })}
              options={[
                { value: "system", label: t`跟随系统` },
                { value: "light", label: t`浅色` },
                { value: "dark", label: t`深色` },
              ]}
            />
          </dd>
        </div>
        <div>
          <dt id="look-size">{t`字号`}</dt>
          <dd>
            <Segmented<Look["size"]>
              aria-labelledby="look-size"
              value={look.size}
              onChange={(size) => look.change({ size })}
              options={[
                { value: "normal", label: t`标准` },
                { value: "large", label: t`大` },
              ]}
            />
          </dd>
        </div>
        <div>
          <dt id="look-language">{t`语言`}</dt>
          <dd>
            <Segmented<Look["language"]>
              aria-labelledby="look-language"
              value={look.language}
              onChange={(language) => look.change({ language })}
              options={[
                { value: "zh", label: "中文" },
                { value: "en", label: "English" },
              ]}
            />
          </dd>
        </div>
      </dl>
    </SettingsPart>
  );
}
