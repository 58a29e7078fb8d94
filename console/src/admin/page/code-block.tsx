import { Button, CopyButton } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import classes from "../channels/channels.module.css";
import { a } from "../strings/words.ts";

/** A piece of code to be copied. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className={classes.code}>
      {/* Scrolls sideways when narrow, so it has to be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus to be scrolled by keys */}
      <section tabIndex={0} aria-label={label}>
        <pre>
          <code>{code}</code>
        </pre>
      </section>
      <div className={classes.copy}>
        <Copy value={code} label={`${a("copy.copy")}: ${label}`} />
      </div>
    </div>
  );
}

export function Copy({ value, label }: { value: string; label: string }) {
  return (
    <CopyButton value={value} timeout={2000}>
      {({ copied, copy }) => (
        <Button
          size="compact-xs"
          variant="default"
          onClick={copy}
          aria-label={copied ? a("embed.copied") : label}
          leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        >
          {copied ? a("copy.copied") : a("copy.copy")}
        </Button>
      )}
    </CopyButton>
  );
}
