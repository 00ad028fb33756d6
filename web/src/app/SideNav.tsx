import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useMe, useReviewsWaiting } from "@/api/queries";
import { usePlaces } from "@/app/places";
import { Logo } from "@/ui/Logo";

export function SideNav() {
  const { i18n, t } = useLingui();
  const me = useMe();
  const places = usePlaces();
  const { pending } = useReviewsWaiting();
  return (
    <nav className="side-nav" aria-label={t`主导航`}>
      <a className="skip" href="#main">
        <Trans>跳到正文</Trans>
      </a>
      <Link to="/" className="side-brand">
        <Logo />
        <span>
          <strong>知客</strong>
          <small title={me.organisation}>{me.organisation}</small>
        </span>
      </Link>
      <ul>
        {places.map((place) => (
          <li key={place.to}>
            <Link to={place.to} activeProps={{ className: "is-here" }}>
              {place.icon}
              {i18n._(place.label)}
              {place.to === "/reviews" && pending > 0 && (
                <span className="nav-count number" title={t`${pending} 条待审核`}>
                  {pending > 99 ? "99+" : pending}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
