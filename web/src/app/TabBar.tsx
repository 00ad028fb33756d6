import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { type Place, usePhonePlaces } from "@/app/places";
import { useQuick, useQuickActions } from "@/app/quick";

/** The phone's navigation, in reach of the thumb; in its middle what people do most. */
export function TabBar() {
  const { i18n, t } = useLingui();
  const start = useQuick();
  const actions = useQuickActions();
  const { tabs: places } = usePhonePlaces();
  const middle = Math.ceil(places.length / 2);
  const main = actions.find((action) => action.isMain) ?? actions[0];
  const tab = (place: Place) => (
    <Link key={place.to} to={place.to} className="tab" activeProps={{ className: "is-here" }}>
      {place.icon}
      <span>{i18n._(place.label)}</span>
    </Link>
  );
  return (
    <nav className="tab-bar" aria-label={t`主导航`}>
      {places.slice(0, middle).map(tab)}
      {main && (
        <button type="button" className="tab tab-main" onClick={() => start(main.id)}>
          <span className="tab-disc">{main.icon}</span>
          <span>{i18n._(main.label)}</span>
        </button>
      )}
      {places.slice(middle).map(tab)}
    </nav>
  );
}
