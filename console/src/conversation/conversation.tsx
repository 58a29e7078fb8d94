import type { OpenConversation, OpenConversationState } from "@clew/client/agent";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import { Button, Center, Drawer, Skeleton, Stack, Text } from "@mantine/core";
import { useLocalStorage, useMediaQuery } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { HandOverCard } from "../absence/hand-over-card.tsx";
import { Composer } from "../composer/composer.tsx";
import { CustomerPanel } from "../customer/customer-panel.tsx";
import { useOpenConversation, useReadable } from "../desk.tsx";
import { useCommand } from "../keyboard/keyboard.tsx";
import { problemText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import classes from "./conversation.module.css";
import { Header } from "./header.tsx";
import { Log } from "./log.tsx";
import { Strip } from "./strip.tsx";

/** One conversation with everything around it. */
export function Conversation({ id }: { id: string }) {
  const handle = useOpenConversation(id);
  return handle ? <Opened handle={handle} /> : <Loading />;
}

function Opened({ handle }: { handle: OpenConversation }) {
  const state = useReadable(handle.state);
  if (state.conversation) return <Screen handle={handle} state={state} conversation={state.conversation} />;
  if (!state.problem) return <Loading />;
  return (
    <Center h="100%" p="xl" role="alert">
      <Stack align="center" gap="sm">
        <Text ta="center">{problemText(state.problem)}</Text>
        <Button component={Link} to="/" variant="light">
          {t("app.backToInbox")}
        </Button>
      </Stack>
    </Center>
  );
}

type ScreenProps = { handle: OpenConversation; state: OpenConversationState; conversation: ConversationSnapshot };

function Screen({ handle, state, conversation }: ScreenProps) {
  const wide = useMediaQuery("(min-width: 80em)", true, { getInitialValueInEffect: false });
  const [shown, setShown] = useLocalStorage({
    key: "clew.console.panel",
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  const [drawer, setDrawer] = useState(false);
  const toggle = () => (wide ? setShown(!shown) : setDrawer(!drawer));
  useCommand("panel", toggle);
  const panel = <CustomerPanel handle={handle} conversation={conversation} />;
  return (
    <div className={classes.screen} data-panel={(wide && shown) || undefined}>
      <div className={classes.talk}>
        <Header
          handle={handle}
          state={state}
          conversation={conversation}
          onPanel={toggle}
          panelShown={wide ? shown : drawer}
        />
        <Strip handle={handle} state={state} conversation={conversation} />
        <HandOverCard state={state} conversation={conversation} />
        <Log handle={handle} state={state} conversation={conversation} />
        <Composer handle={handle} state={state} conversation={conversation} />
      </div>
      {wide && shown && (
        <aside aria-label={t("customer.panel")} className={classes.panel}>
          {panel}
        </aside>
      )}
      <Drawer
        opened={!wide && drawer}
        onClose={() => setDrawer(false)}
        position="right"
        size="20rem"
        title={t("customer.panel")}
        padding={0}
        closeButtonProps={{ "aria-label": t("app.close") }}
        styles={{ header: { padding: "0.5rem 1rem" } }}
      >
        {panel}
      </Drawer>
    </div>
  );
}

function Loading() {
  return (
    <div className={classes.loading} role="status" aria-label={t("app.loading")}>
      <Skeleton height={14} width="30%" mb="xl" />
      <Skeleton height={52} width="55%" radius="lg" mb="md" />
      <Skeleton height={36} width="40%" radius="lg" mb="md" ml="auto" />
      <Skeleton height={68} width="50%" radius="lg" mb="md" />
    </div>
  );
}
