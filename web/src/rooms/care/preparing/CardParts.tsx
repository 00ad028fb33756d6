import { StopOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type {
  CardFact,
  CardObjection,
  CardPerson,
  CardPlan,
  CardTalk,
  PreparationCard,
} from "@/api/generated/zhike.schemas";
import { useMe } from "@/api/queries";
import { calendarText, dayText, planText } from "@/lib/days";
import { isSoon, keyDateText, leftText } from "@/rooms/care/keyDates/keyDates";
import { PhraseBlock } from "@/rooms/care/preparing/PhraseBlock";
import { isTold, missing, type Part } from "@/rooms/care/preparing/preparing";
import { DueDay } from "@/ui/values";
import "@/rooms/care/preparing/preparing.css";

/** The card: first what it is about, then who and what; last what might be said. */
export function CardParts({ card }: { card: PreparationCard }) {
  const { customer, next, background } = card;
  const { t } = useLingui();
  const titles = useTitles();
  const me = useMe();
  const part = (name: Part, body: ReactNode) =>
    isTold(card, name) && (
      <section key={name} className={`is-${name}`} aria-label={titles[name]}>
        <h3>{titles[name]}</h3>
        {body}
      </section>
    );
  return (
    <article className="preparation">
      {part("next", next && <Plan plan={next} />)}
      {part(
        "background",
        <>
          {background.text && <p>{background.text}</p>}
          <Facts facts={background.facts} />
        </>,
      )}
      {part(
        "preferences",
        <ul>
          {card.preferences.map((one) => (
            <Someone key={one.id} one={one} />
          ))}
        </ul>,
      )}
      {part("needs", <Facts facts={card.needs} />)}
      {part(
        "last_talks",
        <ul>
          {card.last_talks.map((one) => (
            <Talk key={one.id} one={one} />
          ))}
        </ul>,
      )}
      {part(
        "promises",
        <ul>
          {card.promises.map((one) => (
            <li key={one.id} className="preparation-promise">
              <span>
                {one.title}
                <small className="faint">{one.assignee === me.name ? "" : one.assignee}</small>
              </span>
              <DueDay day={one.due_on} />
            </li>
          ))}
        </ul>,
      )}
      {part(
        "objections",
        card.objections.map((one) => <Objection key={one.text} one={one} customer={customer.id} />),
      )}
      {part(
        "problems",
        <ul>
          {card.problems.map((one) => (
            <li key={one.id}>
              {one.description}
              <Note
                parts={[
                  one.cause && t`原因：${one.cause}`,
                  one.solution && t`办法：${one.solution}`,
                ]}
              />
            </li>
          ))}
        </ul>,
      )}
      {part(
        "wording",
        card.wording.map((one) => <PhraseBlock key={one.id} phrase={one} customer={customer.id} />),
      )}
      {part(
        "key_dates",
        <ul>
          {card.key_dates.map((one) => (
            <li key={one.id} className="preparation-date">
              <span>{keyDateText(one)}</span>
              <span className={isSoon(one) ? "is-soon" : "soft"} title={planText(one.on)}>
                {calendarText(one.on)} · {leftText(one)}
              </span>
            </li>
          ))}
        </ul>,
      )}
      <Missing parts={missing(card).map((name) => titles[name])} />
    </article>
  );
}

function useTitles(): Record<Part, string> {
  const { t } = useLingui();
  return {
    next: t`这次要做的`,
    background: t`背景`,
    preferences: t`见谁`,
    needs: t`需求`,
    last_talks: t`上次谈到`,
    promises: t`答应过还没做的`,
    objections: t`顾虑与回应`,
    problems: t`可能的问题`,
    wording: t`可以这样说`,
    key_dates: t`重要日期`,
  };
}

function Plan({ plan }: { plan: CardPlan }) {
  const { t } = useLingui();
  const me = useMe();
  return (
    <div className="preparation-plan">
      <strong>
        {planText(plan.on)} {plan.time?.slice(0, 5)} {plan.way}
      </strong>
      {plan.matter && <p>{plan.matter}</p>}
      {plan.materials && (
        <p>
          <Trans>带上：{plan.materials}</Trans>
        </p>
      )}
      <Note
        parts={[
          plan.why,
          plan.assignee && plan.assignee !== me.name ? t`由${plan.assignee}负责` : "",
        ]}
      />
    </div>
  );
}

/** From so many letters on a fact takes the whole width. */
const LONG = 36;

function Facts({ facts }: { facts: CardFact[] }) {
  if (facts.length === 0) return null;
  return (
    <dl className="preparation-facts">
      {facts.map((one) => (
        <div key={one.field} className={one.value.length > LONG ? "is-long" : ""}>
          <dt>{one.label}</dt>
          <dd>{one.value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Someone({ one }: { one: CardPerson }) {
  const { t } = useLingui();
  return (
    <li>
      <strong>{one.name}</strong>{" "}
      <span className="soft">{[one.title, one.role, one.stance].filter(Boolean).join(" · ")}</span>
      {one.do_not_contact && (
        <span className="danger">
          {" "}
          <StopOutlined aria-hidden /> <Trans>请勿联系</Trans>
        </span>
      )}
      <Note
        parts={[
          one.preferences,
          one.convenient_time && t`方便时间 ${one.convenient_time}`,
          one.convenient_way && t`方便方式 ${one.convenient_way}`,
        ]}
      />
    </li>
  );
}

function Talk({ one }: { one: CardTalk }) {
  const when = one.on && (
    <time dateTime={one.on} title={planText(one.on)}>
      {dayText(one.on)}
    </time>
  );
  return (
    <li>
      <small className="soft">
        {when} {[one.way, one.with, one.author].filter(Boolean).join(" · ")}
      </small>
      <p>{one.content}</p>
      <Note parts={[one.customer_feedback, one.response, one.result]} />
    </li>
  );
}

function Objection({ one, customer }: { one: CardObjection; customer: number }) {
  return (
    <div className="preparation-objection">
      <p>
        {one.kind && <strong>{one.kind}</strong>} {one.text}
      </p>
      {one.settled_on && (
        <p className="preparation-settled">
          <Trans>{calendarText(one.settled_on)} 客户认可了</Trans>
          {one.settled_by && <Trans>，当时是：{one.settled_by}</Trans>}
        </p>
      )}
      {one.answers.map((answer) => (
        <PhraseBlock key={answer.id} phrase={answer} customer={customer} />
      ))}
    </div>
  );
}

/** What else is to be said of a line, in a quieter voice. */
function Note({ parts }: { parts: ReactNode[] }) {
  const told = parts.filter(Boolean);
  if (told.length === 0) return null;
  return (
    <small className="preparation-note">
      {told.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: read once, never moved
        <span key={at}>{part}</span>
      ))}
    </small>
  );
}

function Missing({ parts }: { parts: string[] }) {
  if (parts.length === 0) return null;
  return (
    <p className="preparation-missing">
      <Trans>还没有：{parts.join("、")}。聊完记一句，下次就在这里。</Trans>
    </p>
  );
}
