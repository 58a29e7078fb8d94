import { ActionIcon, Button, PasswordInput, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import classes from "../records/records.module.css";
import { a } from "../strings/words.ts";
import { type EditedConnector, namedSecrets } from "./connector-editing.ts";

type Props = {
  value: EditedConnector;
  /** Secrets that are stored. */
  set: readonly string[];
  error(pointer: string): string | undefined;
  onChange(patch: Partial<EditedConnector>): void;
};

/** Headers of every call, and the secrets that they name. */
export function HeaderRows({ value, set, error, onChange }: Props) {
  const { headers, secrets } = value;
  const put = (index: number, patch: Partial<(typeof headers)[number]>) =>
    onChange({ headers: headers.map((header, at) => (at === index ? { ...header, ...patch } : header)) });
  return (
    <>
      {headers.map((header, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a header's name changes while it is typed
        <div key={index} className={classes.pair}>
          <TextInput
            label={a("connector.header")}
            value={header.name}
            error={error(`/headers/${index}`) ?? error(`/headers/${header.name}`)}
            onChange={(event) => put(index, { name: event.currentTarget.value })}
          />
          <TextInput
            label={a("connector.value")}
            placeholder="Bearer {{token}}"
            value={header.value}
            onChange={(event) => put(index, { value: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            mb={4}
            aria-label={a("connector.removeHeader", { name: header.name || String(index + 1) })}
            onClick={() => onChange({ headers: headers.filter((_, at) => at !== index) })}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => onChange({ headers: [...headers, { name: "", value: "" }] })}
        >
          {a("connector.addHeader")}
        </Button>
      </div>
      {namedSecrets(value).map((name) => (
        <PasswordInput
          key={name}
          label={a("connector.secret", { name })}
          description={set.includes(name) ? a("connector.secretSet") : a("connector.secretMissing")}
          placeholder={set.includes(name) ? "••••••" : ""}
          autoComplete="new-password"
          value={secrets[name] ?? ""}
          error={error(`/secrets/${name}`)}
          onChange={(event) => onChange({ secrets: { ...secrets, [name]: event.currentTarget.value } })}
        />
      ))}
    </>
  );
}
