import { VisuallyHidden } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { Conversation } from "../conversation/conversation.tsx";
import { EmptyConversation } from "../conversation/empty-conversation.tsx";
import { useDeskState, useViewer } from "../desk.tsx";
import { t } from "../strings/strings.ts";
import classes from "./inbox.module.css";
import { InboxList } from "./inbox-list.tsx";
import { countsOf } from "./views.ts";

/** The list beside the conversation that is open; on a narrow screen one of the two. */
export function InboxPage() {
  const { id } = useParams({ strict: false });
  useUnreadTitle();
  return (
    <div className={classes.page} data-open={id !== undefined || undefined}>
      <VisuallyHidden component="h1">{t("rail.inbox")}</VisuallyHidden>
      <InboxList openId={id} />
      <div className={classes.main}>{id ? <Conversation key={id} id={id} /> : <EmptyConversation />}</div>
    </div>
  );
}

function useUnreadTitle(): void {
  const inbox = useDeskState((state) => state.inbox);
  const offers = useDeskState((state) => state.offers.length);
  const { unread } = countsOf(inbox, useViewer());
  useEffect(() => {
    const count = unread + offers;
    document.title = count > 0 ? `(${count}) ${t("app.title")}` : t("app.title");
  }, [unread, offers]);
}
