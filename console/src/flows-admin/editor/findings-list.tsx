import type { Finding } from "@clew/contract/flows/lint";
import { Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from "@tabler/icons-react";
import { f } from "../strings/words.ts";
import { useFlowEditing } from "./editing.tsx";
import classes from "./editor.module.css";
import { lineAt } from "./places.ts";

/** Everything that the linter says; a press leads to where it is. */
export function FindingsList({ current, unreachable }: { current: boolean; unreachable: boolean }) {
  const { findings } = useFlowEditing();
  return (
    <section className={classes.findings} aria-label={f("findings.label")}>
      <h2>
        {f("findings.label")}
        {findings.length > 0 && ` (${findings.length})`}
      </h2>
      {findings.length > 0 ? (
        <ul>
          {findings.map((finding) => (
            <li key={`${finding.code} ${finding.path}`}>
              <FindingButton finding={finding} />
            </li>
          ))}
        </ul>
      ) : (
        <Text fz="sm" className={classes.fine}>
          {current ? (
            <>
              <IconCircleCheck size={16} aria-hidden /> {f("findings.none")}
            </>
          ) : (
            f(unreachable ? "findings.local" : "findings.checking")
          )}
        </Text>
      )}
    </section>
  );
}

function FindingButton({ finding }: { finding: Finding }) {
  const { definition, choose, seek } = useFlowEditing();
  const isError = finding.severity === "error";
  const jump = () => {
    choose(lineAt(definition, finding.path));
    seek(finding.path);
  };
  return (
    <button type="button" className={classes.finding} data-severity={finding.severity} onClick={jump}>
      {isError ? <IconAlertTriangle size={16} aria-hidden /> : <IconInfoCircle size={16} aria-hidden />}
      <span>
        <span className={classes.hidden}>{f(isError ? "findings.error" : "findings.warning")}: </span>
        {finding.message}
        <Text span c="dimmed" fz="xs" className={classes.path} dir="ltr">
          {finding.path || "/"}
          {finding.suggestion && ` · ${finding.suggestion}`}
        </Text>
      </span>
    </button>
  );
}
