import type { Finding } from "@clew/contract/flows/lint";
import { lint } from "@clew/domain/flows/lint/lint";
import { useEffect, useMemo, useState } from "react";
import { useAsk } from "../../admin/api/admin-api.tsx";

/** How long the typing rests before the server is asked. */
const REST_MS = 500;

type Answer = { about: unknown; findings: Finding[]; limits: Readonly<Record<string, number>> | undefined };

/** What the linter says: at once what this browser can tell, and a moment later what the server knows of other flows. */
export function useFindings(definition: unknown, read: Answer) {
  const ask = useAsk();
  const [answer, setAnswer] = useState(read);
  const [unreachable, setUnreachable] = useState(false);
  const { limits } = answer;
  const own = useMemo(() => lint(definition, { limits }), [definition, limits]);
  const current = answer.about === definition;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ask` is made anew by every drawing and always does the same
  useEffect(() => {
    if (current) return;
    let over = false;
    const timer = setTimeout(() => {
      ask<Omit<Answer, "about">>("lintFlow", { body: { definition } }).then(
        ({ findings, limits: raised }) => {
          if (over) return;
          setAnswer({ about: definition, findings, limits: raised });
          setUnreachable(false);
        },
        () => over || setUnreachable(true),
      );
    }, REST_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [definition, current]);
  return {
    findings: current ? answer.findings : own,
    /** The server has looked at this very definition. */
    current,
    unreachable: unreachable && !current,
    /** An answer that came with the stored draft. */
    take: setAnswer,
  };
}
