import { Group, SegmentedControl, Stack, Switch, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { Section } from "../page/page.tsx";
import { a } from "../strings/words.ts";
import type { ChannelEditing } from "./channel-editing.ts";
import { keysFromText } from "./pasted-keys.ts";

export function IdentityTab({ editing: { value, change, error } }: { editing: ChannelEditing }) {
  const { verification } = value;
  const changeIt = (patch: Partial<typeof verification>) => change({ verification: { ...verification, ...patch } });
  return (
    <Section title={a("identity.title")} about={a("identity.about")}>
      <Switch
        label={a("identity.on")}
        checked={verification.on}
        onChange={(event) => changeIt({ on: event.currentTarget.checked })}
        error={error("/verification/on") ?? error("/verification/")}
      />
      {verification.on && (
        <>
          <TextInput
            label={a("setting.issuer")}
            description={a("identity.issuerAbout")}
            value={verification.issuer}
            onChange={(event) => changeIt({ issuer: event.currentTarget.value })}
            error={error("/verification/issuer")}
            maxLength={500}
            withAsterisk
          />
          <TextInput
            label={a("setting.audience")}
            description={a("identity.audienceAbout")}
            value={verification.audience}
            onChange={(event) => changeIt({ audience: event.currentTarget.value })}
            error={error("/verification/audience")}
            maxLength={500}
            withAsterisk
          />
          <Keys verification={verification} changeIt={changeIt} error={error} />
        </>
      )}
    </Section>
  );
}

type Verification = ChannelEditing["value"]["verification"];
type KeysProps = {
  verification: Verification;
  changeIt(patch: Partial<Verification>): void;
  error: ChannelEditing["error"];
};

function Keys({ verification, changeIt, error }: KeysProps) {
  const [text, setText] = useState(() =>
    verification.keys.length === 0 ? "" : JSON.stringify(verification.keys, null, 2),
  );
  const pasted = keysFromText(text);
  const fetched = verification.jwksUrl !== null;
  return (
    <Stack gap="xs">
      <div>
        <Text fz="sm" fw={600} id="keys-label">
          {a("identity.where")}
        </Text>
        <Text fz="xs" c="dimmed">
          {a("identity.whereAbout")}
        </Text>
      </div>
      <Group>
        <SegmentedControl
          aria-labelledby="keys-label"
          value={fetched ? "fetched" : "pasted"}
          onChange={(next) => changeIt(next === "fetched" ? { jwksUrl: "" } : { jwksUrl: null })}
          data={[
            { value: "fetched", label: a("identity.fetched") },
            { value: "pasted", label: a("identity.pasted") },
          ]}
        />
      </Group>
      {fetched ? (
        <TextInput
          label={a("setting.jwksUrl")}
          description={a("identity.jwksAbout")}
          type="url"
          value={verification.jwksUrl ?? ""}
          onChange={(event) => changeIt({ jwksUrl: event.currentTarget.value })}
          error={error("/verification/jwksUrl")}
        />
      ) : (
        <Textarea
          label={a("setting.keys")}
          description={a("identity.keysAbout")}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            const keys = keysFromText(event.currentTarget.value);
            if (keys.ok) changeIt({ keys: keys.keys });
          }}
          error={pasted.ok ? error("/verification/keys") : a(pasted.wrong)}
          autosize
          minRows={5}
          maxRows={16}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          spellCheck={false}
        />
      )}
    </Stack>
  );
}
