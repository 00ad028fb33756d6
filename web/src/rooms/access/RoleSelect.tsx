import { Select } from "antd";
import { useRoles } from "@/rooms/access/roleQueries";

interface RoleSelectProps {
  /** The role's key. */
  value?: string;
  onChange?: (key: string) => void;
  id?: string;
  disabled?: boolean;
}

/** A role, each with what it is for. Works inside a Form.Item. */
export function RoleSelect({ value, onChange, id, disabled }: RoleSelectProps) {
  const { data } = useRoles();
  return (
    <Select
      {...(id && { id })}
      value={value ?? null}
      disabled={disabled ?? false}
      loading={!data}
      onChange={(key) => key && onChange?.(key)}
      listHeight={360}
      options={(data?.items ?? []).map(({ key, name, note }) => ({
        value: key,
        label: name,
        note,
      }))}
      optionRender={({ data: role }) => (
        <span className="role-option">
          {role.label}
          <small>{role.note}</small>
        </span>
      )}
    />
  );
}
