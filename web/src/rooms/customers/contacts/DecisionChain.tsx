import { ApartmentOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Modal } from "antd";
import { useLayoutEffect, useRef, useState } from "react";
import { useWords } from "@/api/fields";
import type { ContactOut, CustomerOut } from "@/api/generated/zhike.schemas";
import {
  type Box,
  hasChain,
  type Level,
  levelsOf,
  linePath,
  reportsOf,
} from "@/rooms/customers/contacts/chain";
import { chipColour, choiceLabel } from "@/ui/Chip";
import { EmptyState } from "@/ui/EmptyState";
import "@/rooms/customers/contacts/contacts.css";

interface DecisionChainProps {
  customer: CustomerOut;
  mayEdit: boolean;
  open: boolean;
  onClose: () => void;
  onContact: (id: number) => void;
}

/** 决策链: who decides, influences, buys and uses, whom they report to, and how they stand to us. */
export function DecisionChain(props: DecisionChainProps) {
  const { customer, mayEdit, open, onClose, onContact } = props;
  const { t } = useLingui();
  const first = customer.contacts[0];
  return (
    <Modal
      title={t`决策链`}
      open={open}
      onCancel={onClose}
      footer={null}
      width="min(880px, 96vw)"
      destroyOnHidden
    >
      {hasChain(customer.contacts) ? (
        <Chart contacts={customer.contacts} mayEdit={mayEdit} onContact={onContact} />
      ) : (
        <EmptyState
          icon={<ApartmentOutlined />}
          title={t`还看不出谁说了算`}
          action={
            mayEdit &&
            first && (
              <Button type="primary" onClick={() => onContact(first.id)}>
                <Trans>从{first.name}开始</Trans>
              </Button>
            )
          }
        >
          <Trans>
            给联系人标上决策角色、态度和汇报给谁，这里就画出谁拍板、谁影响、谁采购、谁在用。
          </Trans>
        </EmptyState>
      )}
    </Modal>
  );
}

interface ChartProps {
  contacts: ContactOut[];
  mayEdit: boolean;
  onContact: (id: number) => void;
}

function Chart({ contacts, mayEdit, onContact }: ChartProps) {
  const { t } = useLingui();
  const roles = useWords("contact_role");
  const stances = useWords("stance");
  const board = useRef<HTMLDivElement>(null);
  const lines = useLines(board, contacts);
  const names: Record<string, string> = { "": t`还没定` };
  return (
    <div className="chain" ref={board}>
      <svg className="chain-lines" aria-hidden>
        <title>{t`汇报关系`}</title>
        {lines.map((path) => (
          <path key={path} d={path} />
        ))}
      </svg>
      {levelsOf(contacts).map((level: Level<ContactOut>) => (
        <section key={level.role} className={level.people.length === 0 ? "is-empty" : ""}>
          <h3>{names[level.role] ?? choiceLabel(level.role, roles)}</h3>
          <ul>
            {level.people.length === 0 && (
              <li className="chain-nobody">
                <Trans>还不知道是谁</Trans>
              </li>
            )}
            {level.people.map((one) => {
              const stance = stances.find(({ value }) => value === one.stance);
              return (
                <li key={one.id}>
                  <button
                    type="button"
                    data-contact={one.id}
                    className={`chain-person is-${stance ? chipColour(stance.color) : "none"}`}
                    disabled={!mayEdit}
                    onClick={() => onContact(one.id)}
                  >
                    <strong>{one.name}</strong>
                    {one.title && <span>{one.title}</span>}
                    <small>{stance?.label ?? t`态度未知`}</small>
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** The lines between the cards, measured where they stand and again whenever the board changes. */
function useLines(board: React.RefObject<HTMLDivElement | null>, contacts: ContactOut[]): string[] {
  const [lines, setLines] = useState<string[]>([]);
  useLayoutEffect(() => {
    const place = board.current;
    if (!place) return;
    const measure = () => {
      const origin = place.getBoundingClientRect();
      // The dialog grows while it opens: what is measured is divided by how far it has come.
      const scale = origin.width / place.offsetWidth || 1;
      const boxOf = (id: number): Box | null => {
        const box = place.querySelector(`[data-contact="${id}"]`)?.getBoundingClientRect();
        return box
          ? {
              left: Math.round((box.left - origin.left) / scale),
              top: Math.round((box.top - origin.top) / scale),
              width: Math.round(box.width / scale),
              height: Math.round(box.height / scale),
            }
          : null;
      };
      setLines(
        reportsOf(contacts).flatMap(([below, above]) => {
          const from = boxOf(below);
          const to = boxOf(above);
          const others = contacts.flatMap(({ id }) => {
            const box = id === below || id === above ? null : boxOf(id);
            return box ? [box] : [];
          });
          return from && to ? [linePath(from, to, others)] : [];
        }),
      );
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(place);
    return () => watcher.disconnect();
  }, [board, contacts]);
  return lines;
}
