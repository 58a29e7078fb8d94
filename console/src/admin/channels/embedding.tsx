import type { Channel, ChannelSettings } from "@clew/contract/channels";
import { Anchor, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useState } from "react";
import { CodeBlock } from "../page/code-block.tsx";
import { Notice } from "../page/notice.tsx";
import { Section } from "../page/page.tsx";
import { a } from "../strings/words.ts";
import classes from "./channels.module.css";
import { eventsExample, hiddenFieldsExample, identifyExample, scriptTag } from "./snippets.ts";

/** How the channel gets into a page, what the page can say to it, and the real thing to try. */
export function Embedding({ channel, draft }: { channel: Channel; draft: ChannelSettings }) {
  const [nonce, setNonce] = useState(false);
  return (
    <>
      {channel.live === null && (
        <Notice tone="warn" title={a("embed.notLive")}>
          {a("embed.notLiveAbout")}
        </Notice>
      )}
      <Section title={a("embed.script")} about={a("embed.scriptAbout")}>
        <SegmentedControl
          aria-label={a("embed.script")}
          value={nonce ? "nonce" : "plain"}
          onChange={(value) => setNonce(value === "nonce")}
          data={[
            { value: "plain", label: a("embed.plain") },
            { value: "nonce", label: a("embed.nonce") },
          ]}
          style={{ alignSelf: "flex-start" }}
        />
        {nonce && (
          <Text fz="sm" c="dimmed">
            {a("embed.nonceAbout")}
          </Text>
        )}
        <CodeBlock label={a("embed.script")} code={scriptTag(location.origin, channel.id, nonce)} />
      </Section>
      <Section title={a("embed.page")} about={a("embed.pageAbout")}>
        <Example title={a("embed.hidden")} about={a("embed.hiddenAbout")} code={hiddenFieldsExample(draft)} />
        <Example title={a("embed.identify")} about={a("embed.identifyAbout")} code={identifyExample()} />
        <Example title={a("embed.events")} about={a("embed.eventsAbout")} code={eventsExample()} />
      </Section>
      {channel.live !== null && <LivePreview id={channel.id} live={channel.live} />}
    </>
  );
}

function Example({ title, about, code }: { title: string; about: string; code: string }) {
  return (
    <Stack gap={6}>
      <div>
        <Title order={3} fz="sm">
          {title}
        </Title>
        <Text fz="sm" c="dimmed">
          {about}
        </Text>
      </div>
      <CodeBlock label={title} code={code} />
    </Stack>
  );
}

function LivePreview({ id, live }: { id: string; live: number }) {
  const address = `/preview?channel=${encodeURIComponent(id)}`;
  const about = (
    <>
      {a("embed.previewAbout", { number: live })}{" "}
      <Anchor href={address} target="_blank" rel="noreferrer" fz="sm">
        {a("embed.open")} <IconExternalLink size={13} aria-hidden />
      </Anchor>
    </>
  );
  return (
    <Section title={a("embed.preview")} about={about}>
      <iframe key={live} className={classes.frame} src={address} title={a("embed.previewFrame")} />
    </Section>
  );
}
