import { IconLock } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { AgentList } from "./agents/agent-list.tsx";
import { AgentPage } from "./agents/agent-page.tsx";
import { SkillList, SkillPage } from "./agents/skill-list.tsx";
import { AssetPage } from "./assets/asset-page.tsx";
import { AuditPage } from "./audit/audit-page.tsx";
import { ChannelList } from "./channels/channel-list.tsx";
import { ChannelPage } from "./channels/channel-page.tsx";
import { ConnectorList } from "./connectors/connector-list.tsx";
import { ConnectorPage } from "./connectors/connector-page.tsx";
import { HoursList } from "./hours/hours-list.tsx";
import { HoursPage } from "./hours/hours-page.tsx";
import { KeysPage } from "./keys/keys-page.tsx";
import classes from "./navigation.module.css";
import { Navigation } from "./navigation.tsx";
import { OrganisationPage } from "./organisation/organisation-page.tsx";
import { useAdminPlace } from "./page/admin-link.tsx";
import { Empty } from "./page/empty.tsx";
import { NoSuchPage } from "./page/no-such-page.tsx";
import { Page } from "./page/page.tsx";
import { QueueList } from "./queues/queue-list.tsx";
import { QueuePage } from "./queues/queue-page.tsx";
import { ObjectList } from "./records/object-list.tsx";
import { ObjectPage } from "./records/object-page.tsx";
import { ReplyList } from "./replies/reply-list.tsx";
import { ReplyPage } from "./replies/reply-page.tsx";
import { a } from "./strings/words.ts";

/** Navigation beside the page that the address names. */
export function AdminPages({ allowed }: { allowed: boolean }) {
  const { parts } = useAdminPlace();
  const body = useRef<HTMLDivElement>(null);
  const [noun, id] = parts;
  // A new page begins at its top; tabs of one page do not count as new.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is not read, its change is the news
  useEffect(() => {
    // Some browsers answer with a promise, which an effect must not return.
    void body.current?.scrollTo(0, 0);
  }, [noun, id]);
  if (!allowed) {
    return (
      <Page title={a("admin.title")}>
        <Empty icon={IconLock} title={a("place.forbidden")} about={a("place.forbiddenAbout")} />
      </Page>
    );
  }
  return (
    <div className={classes.admin}>
      <Navigation at={noun ?? "channels"} />
      <div className={classes.body} ref={body}>
        {pageOf(parts)}
      </div>
    </div>
  );
}

function pageOf([noun, id, more]: string[]): ReactNode {
  switch (noun) {
    case undefined:
    case "channels":
      return id === undefined ? <ChannelList /> : <ChannelPage id={id} tab={more} />;
    case "queues":
      return id === undefined ? <QueueList /> : <QueuePage key={id} id={id} />;
    case "agents":
      if (id === "skills") return more === undefined ? <SkillList /> : <SkillPage key={more} id={more} />;
      return id === undefined ? <AgentList /> : <AgentPage key={id} id={id} />;
    case "hours":
      return id === undefined ? <HoursList /> : <HoursPage key={id} id={id} />;
    case "replies":
      return id === undefined ? <ReplyList /> : <ReplyPage key={id} id={id} />;
    case "records":
      return id === undefined ? <ObjectList /> : <ObjectPage key={id} name={id} />;
    case "connectors":
      return id === undefined ? <ConnectorList /> : <ConnectorPage key={id} name={id} />;
    case "assets":
      return <AssetPage />;
    case "organisation":
      return <OrganisationPage />;
    case "keys":
      return <KeysPage />;
    case "audit":
      return <AuditPage />;
    default:
      return <NoSuchPage />;
  }
}
