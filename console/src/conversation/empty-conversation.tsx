import { Text } from "@mantine/core";
import { IconMessages } from "@tabler/icons-react";
import { Caps } from "../keyboard/caps.tsx";
import { COMMANDS, type CommandId } from "../keyboard/commands.ts";
import { t } from "../strings/strings.ts";
import classes from "./conversation.module.css";

const SHOWN: CommandId[] = ["next", "palette", "presence", "help"];

/** What stands where a conversation would: what to press first. */
export function EmptyConversation() {
  return (
    <div className={classes.none}>
      <IconMessages size={36} stroke={1.2} aria-hidden="true" />
      <Text fw={600}>{t("conversation.none")}</Text>
      <dl>
        {SHOWN.map((id) => (
          <div key={id}>
            <dt>{t(COMMANDS[id].label)}</dt>
            <dd>
              <Caps keys={COMMANDS[id].keys} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
