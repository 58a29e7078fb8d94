import { Button, CopyButton } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { a } from "../strings/words.ts";
import classes from "./code-block.module.css";

/** A piece of code to be copied. Long lines wrap, so that nothing has to be scrolled to be read. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className={classes.code}>
      <pre>
        <code>{code}</code>
      </pre>
      <div className={classes.copy}>
        <CopyButton value={code} timeout={2000}>
          {({ copied, copy }) => (
            <Button
              size="compact-xs"
              variant="default"
              onClick={copy}
              aria-label={`${copied ? a("copy.copied") : a("copy.copy")}: ${label}`}
              leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            >
              {copied ? a("copy.copied") : a("copy.copy")}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}
