import type { Flow } from "@clew/contract/flows/definition";
import { Anchor, Button, Skeleton, Text } from "@mantine/core";
import { IconChevronLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useDesk } from "../desk.tsx";
import { ask } from "../queries.ts";
import { failureText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import { JsonField, readJson } from "./json-field.tsx";
import classes from "./simulator.module.css";
import { Simulator } from "./simulator.tsx";
import { s } from "./words.ts";

/** The draft of a flow in the simulator, with the drafts of all other flows around it. */
export function SimulatorPage() {
  const { key } = useParams({ from: "/simulator/$key" });
  const { data, error } = useDrafts(key);
  const [written, setWritten] = useState("");
  const [other, setOther] = useState<Flow | null>(null);
  const flow = other ?? data?.flow;
  const read = readJson(written);
  const title = flow?.title;
  return (
    <div className={classes.page}>
      <Anchor component={Link} to={`/flows/${key}`} size="sm" className={classes.back}>
        <IconChevronLeft size={14} aria-hidden="true" className="clew-flip" /> {s("sim.back")}
      </Anchor>
      <h1>
        <bdi>{s("sim.title", { title: typeof title === "string" ? title : (flow?.key ?? key) })}</bdi>
      </h1>
      <Text size="sm" c="dimmed">
        {s("sim.about")}
      </Text>
      {error && (
        <Text size="sm" role="alert" mt="md">
          {failureText(error)}
        </Text>
      )}
      {!data && !error && <Skeleton height={200} mt="md" role="status" aria-label={t("app.loading")} />}
      {data && flow && <Simulator key={other ? written : key} flow={flow} others={data.others} limits={data.limits} />}
      {data && (
        <details className={classes.setup} style={{ marginTop: "1.5rem" }}>
          <summary>{s("sim.other")}</summary>
          <JsonField
            label={s("sim.otherAbout")}
            value={written}
            bad={written !== "" && !isFlow(read)}
            onChange={setWritten}
          />
          <Button size="xs" mt="xs" disabled={!isFlow(read)} onClick={() => isFlow(read) && setOther(read)}>
            {s("sim.otherUse")}
          </Button>
        </details>
      )}
    </div>
  );
}

/** Enough of a flow to be played: what else is wrong shows where it is met. */
function isFlow(read: unknown): read is Flow {
  if (typeof read !== "object" || read === null) return false;
  const { key, kind, start, nodes } = read as Record<string, unknown>;
  const named = [key, kind, start].every((text) => typeof text === "string");
  return named && typeof nodes === "object" && nodes !== null && Object.hasOwn(nodes, start as string);
}

function useDrafts(key: string) {
  const desk = useDesk();
  return useQuery({
    queryKey: ["simulated", key],
    queryFn: async () => {
      const draft = (one: string) => ask("readFlowDraft", desk.request("readFlowDraft", { params: { key: one } }));
      const { items } = await ask("listFlows", desk.request("listFlows"));
      const others = await Promise.all(
        items.filter((one) => one.key !== key).map(async (one) => (await draft(one.key)).definition),
      );
      const { definition, limits = {} } = await draft(key);
      return { flow: definition as Flow, others: others.filter(isFlow), limits };
    },
    staleTime: 0,
  });
}
