import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData, spotlight } from "@mantine/spotlight";
import { IconMessage, IconPlayerPlay, IconSearch, IconSettings } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useDesk, useDeskState, useMe } from "../desk.tsx";
import { usePaletteFlows } from "../flows/palette-flows.ts";
import { Caps } from "../keyboard/caps.tsx";
import { COMMANDS } from "../keyboard/commands.ts";
import { useAbleCommands, useCommand } from "../keyboard/keyboard.tsx";
import { choosePresence } from "../presence/choose-presence.ts";
import { StatusDot } from "../presence/status-dot.tsx";
import { useOrganisation } from "../queries.ts";
import { t } from "../strings/strings.ts";

const STATES = ["available", "busy", "away", "offline"] as const;
/** What concerns the conversation in sight comes first. */
const NEARNESS = { offer: 0, conversation: 1, inbox: 2, everywhere: 3, composer: 4 };
const ADMIN_PAGES = ["channels", "queues", "hours", "agents", "replies", "organisation", "keys", "audit"] as const;

/** Everything that can be done now, and every conversation, found by typing. */
export function Palette() {
  const desk = useDesk();
  const { agent } = useMe();
  const inbox = useDeskState((state) => state.inbox);
  const reasons = useOrganisation()?.presenceReasons ?? [];
  const navigate = useNavigate();
  const { ids, run } = useAbleCommands();
  const flows = usePaletteFlows();
  useCommand("palette", spotlight.toggle);

  const actions: SpotlightActionGroupData[] = [
    {
      group: t("palette.actions"),
      actions: ids
        .filter((id) => id !== "palette")
        .sort((one, other) => NEARNESS[COMMANDS[one].place] - NEARNESS[COMMANDS[other].place])
        .map((id) => ({
          id: `command-${id}`,
          label: t(COMMANDS[id].label),
          rightSection: <Caps keys={COMMANDS[id].keys} />,
          // The palette gives the focus back when it closes; what an action opens has to come after that.
          onClick: () => setTimeout(() => run(id)),
        })),
    },
    {
      group: t("flows.paletteGroup"),
      actions: flows.map(({ key, label, start }) => ({
        id: `flow-${key}`,
        label: t("flows.startOne", { title: label }),
        leftSection: <IconPlayerPlay size={16} />,
        onClick: start,
      })),
    },
    {
      group: t("palette.presence"),
      actions: [
        ...STATES.map((status) => ({ status, reason: null as string | null })),
        ...reasons.map(({ status, name }) => ({ status, reason: name as string | null })),
      ].map(
        ({ status, reason }): SpotlightActionData => ({
          id: `presence-${status}-${reason}`,
          label: t("palette.be", { state: reason ?? t(`presence.${status}`) }),
          leftSection: <StatusDot status={status} />,
          onClick: () => void choosePresence(desk, status, reason),
        }),
      ),
    },
    {
      group: t("palette.conversations"),
      actions: inbox.map((item) => ({
        id: `conversation-${item.conversationId}`,
        label: item.title,
        description: item.lastMessage?.text ?? t(`status.${item.session.status}`),
        keywords: [item.customer.email ?? "", item.customer.subject ?? ""],
        leftSection: <IconMessage size={16} />,
        onClick: () => void navigate({ to: "/conversations/$id", params: { id: item.conversationId } }),
      })),
    },
  ];
  if (agent.role === "admin") actions.push({ group: t("palette.admin"), actions: ADMIN_PAGES.map(adminPage) });

  function adminPage(page: (typeof ADMIN_PAGES)[number]): SpotlightActionData {
    return {
      id: `admin-${page}`,
      label: t(`palette.admin.${page}`),
      leftSection: <IconSettings size={16} />,
      onClick: () => void navigate({ to: "/admin/$", params: { _splat: page } }),
    };
  }
  return (
    <Spotlight
      actions={actions}
      shortcut={null}
      attributes={{ content: { "aria-label": t("rail.palette") } }}
      overlayProps={{ backgroundOpacity: 0.35, blur: 1 }}
      highlightQuery
      scrollable
      maxHeight={420}
      limit={30}
      nothingFound={t("palette.nothing")}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: t("palette.placeholder"),
        "aria-label": t("palette.placeholder"),
      }}
    />
  );
}
