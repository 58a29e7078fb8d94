import type {
  AnswerValues,
  ClewApi,
  ClewEventName,
  ClewEvents,
  ClewWidget,
  MountOptions,
} from "@clew/widget/host-page-api";
import { useEffect, useRef, useState } from "react";

type Handlers = {
  [Name in ClewEventName as `on${Capitalize<Name>}`]?: (detail: ClewEvents[Name] & { channel: string }) => void;
};
export type ClewChatProps = Omit<MountOptions, "container"> &
  Handlers & {
    hiddenFields?: AnswerValues;
    /** Fetches the signed token of who is signed in; null signs out. Left out: a guest. */
    identify?: (() => Promise<string>) | null;
  };

const EVERY: Record<ClewEventName, true> = {
  ...{ ready: true, status: true, message: true, unread: true, sessionStarted: true, sessionEnded: true },
  ...{ cleared: true, opened: true, closed: true, error: true },
};
const EVENTS = Object.keys(EVERY) as ClewEventName[];

/** The chat of a channel as long as the component is in the tree. It renders nothing of its own. */
export function ClewChat(props: ClewChatProps): null {
  const { channel, server, language, scheme, hiddenFields, identify } = props;
  const [widget, setWidget] = useState<ClewWidget | null>(null);
  const newest = useRef(props);
  newest.current = props;

  useEffect(() => {
    let gone = false;
    const mount = (clew: ClewApi) => {
      if (gone) return;
      const { open, colour, position, domain, language, scheme } = newest.current;
      const mounted = clew.mount({ channel, server, open, colour, position, domain, language, scheme });
      for (const event of EVENTS) {
        const name = `on${event[0]?.toUpperCase()}${event.slice(1)}` as keyof Handlers;
        mounted.on(event, (detail) => (newest.current[name] as ((detail: object) => void) | undefined)?.(detail));
      }
      setWidget(mounted);
    };
    loadClew(server).then(mount, (fault: unknown) =>
      newest.current.onError?.({ code: "load-failed", detail: String(fault), channel }),
    );
    return () => {
      gone = true;
      setWidget(null);
      if (window.clew && "unmount" in window.clew) window.clew.unmount(channel);
    };
  }, [channel, server]);

  useEffect(() => void (language && widget?.setLanguage(language)), [widget, language]);
  useEffect(() => void (scheme && widget?.setScheme(scheme)), [widget, scheme]);
  useEffect(() => void (hiddenFields && widget?.setHiddenFields(hiddenFields)), [widget, hiddenFields]);
  useEffect(
    () => void (identify ? widget?.identify(identify) : identify === null && widget?.signOut()),
    [widget, identify],
  );
  return null;
}

let loading: Promise<ClewApi> | undefined;

/** The script once a page, without a channel: it only brings the API. */
function loadClew(server = ""): Promise<ClewApi> {
  loading ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `${server}/clew.js`;
    script.onload = () => done(window.clew as ClewApi);
    script.onerror = () => {
      loading = undefined;
      failed(new Error(`${script.src} could not be loaded`));
    };
    document.head.append(script);
  });
  return loading;
}
