import type { FlowHealth } from "@clew/contract/flows/health";
import { KEY_PATTERN } from "@clew/contract/flows/words";
import { Button, Skeleton, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useDesk } from "../desk.tsx";
import { ask } from "../queries.ts";
import { failureText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import classes from "./health.module.css";
import { spanText } from "./span.ts";
import { r } from "./words.ts";

/** It is read again this often while it is looked at, in milliseconds. */
const AGAIN_MS = 30_000;
/** Lines of a list before one asks for more. */
const FEW = 3;
const PERCENT = new Intl.NumberFormat("en-GB", { style: "percent", maximumFractionDigits: 1 });

/** How flows are doing: all of them, or the one whose key is typed. `onFlow`: one is to be looked at alone. */
export function Health({ flow, onFlow }: { flow: string; onFlow: (key: string) => void }) {
  const desk = useDesk();
  const { data, error } = useQuery({
    queryKey: ["readFlowHealth", flow],
    // What is no key is the list's to refuse.
    enabled: flow === "" || new RegExp(KEY_PATTERN).test(flow),
    queryFn: () => ask("readFlowHealth", desk.request("readFlowHealth", { query: flow ? { key: flow } : {} })),
    refetchInterval: AGAIN_MS,
    placeholderData: keepPreviousData,
  });
  return (
    <section className={classes.health} aria-labelledby="flow-health">
      <h2 id="flow-health">{r("health.title")}</h2>
      {error && (
        <Text size="sm" role="alert">
          {failureText(error)}
        </Text>
      )}
      {!data && !error && <Skeleton height={120} role="status" aria-label={t("app.loading")} />}
      {data && <Figures health={data} />}
      {data && isQuiet(data, flow) && (
        <Text size="sm" c="dimmed">
          {r(flow ? "health.quietFlow" : "health.quiet")}
        </Text>
      )}
      {data && !isQuiet(data, flow) && <Lists health={data} flow={flow} onFlow={onFlow} />}
    </section>
  );
}

/** For which flow an event came is not known: of one flow nothing is said of them. */
function isQuiet({ standing, faults, waits }: FlowHealth, flow: string): boolean {
  return standing.length + faults.length + (flow ? 0 : waits.length) === 0;
}

function Figures({ health: { at, totals, outbox, runs } }: { health: FlowHealth }) {
  const late = (backlog: FlowHealth["outbox"]) =>
    backlog.oldest === null
      ? r("health.onTime")
      : r("health.late", { count: backlog.due, span: spanText(at - backlog.oldest) });
  return (
    <dl className={classes.figures}>
      <Figure name={r("health.working")} value={totals.working} />
      <Figure name={r("health.long")} value={totals.long} />
      <Figure name={r("health.stopped")} value={totals.faulted} tone={totals.faulted > 0 ? "bad" : undefined} />
      <Figure name={r("health.outbox")} value={late(outbox)} />
      <Figure name={r("health.due")} value={late(runs)} />
    </dl>
  );
}

function Figure({ name, value, tone }: { name: string; value: ReactNode; tone?: "bad" | undefined }) {
  return (
    <div data-tone={tone}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

type ListsParts = { health: FlowHealth; flow: string; onFlow: (key: string) => void };

function Lists({ health: { at, standing, faults, waits }, flow: only, onFlow }: ListsParts) {
  return (
    <div className={classes.lists}>
      <List title={r("health.standing")} none={r("health.standing.none")}>
        {standing.map(({ key, status, node, runs, long, oldest }) => (
          <Line
            key={`${key} ${status} ${node}`}
            node={node}
            about={<Flow flow={key} onFlow={onFlow} />}
            figure={r(`health.standing.${status}`, { runs })}
            more={long > 0 ? r("health.standing.long", { long, span: spanText(at - oldest) }) : null}
          />
        ))}
      </List>
      <List title={r("health.faults")} none={r("health.faults.none")}>
        {faults.map(({ flow, node, faulted, ended }) => (
          <Line
            key={`${flow.key} ${flow.version} ${node}`}
            node={node}
            about={<Flow flow={flow.key} version={flow.version} onFlow={onFlow} />}
            figure={r("health.faults.of", { faulted, ended })}
            more={PERCENT.format(faulted / ended)}
          />
        ))}
      </List>
      {only === "" && (
        <List title={r("health.waits")} none={r("health.waits.none")}>
          {waits.map(({ type, events, median, longest }) => (
            <Line
              key={type}
              node={type}
              figure={r("health.waits.usual", { span: spanText(median) })}
              more={r("health.waits.longest", { count: events, span: spanText(longest) })}
            />
          ))}
        </List>
      )}
    </div>
  );
}

function List({ title, none, children }: { title: string; none: string; children: ReactNode[] }) {
  const [all, setAll] = useState(false);
  return (
    <div>
      <h3>{title}</h3>
      {children.length === 0 ? (
        <p className={classes.quiet}>{none}</p>
      ) : (
        <ul>{all ? children : children.slice(0, FEW)}</ul>
      )}
      {children.length > FEW && (
        <Button size="compact-xs" variant="subtle" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? r("health.fewer") : r("health.all", { count: children.length })}
        </Button>
      )}
    </div>
  );
}

type LineParts = { node: string; about?: ReactNode; figure: string; more: string | null };

function Line({ node, about, figure, more }: LineParts) {
  return (
    <li>
      <span>
        <code>{node}</code>
        {about}
      </span>
      <span className={classes.count}>
        {figure}
        {more && <span className={classes.quiet}>{more}</span>}
      </span>
    </li>
  );
}

function Flow({ flow, version, onFlow }: { flow: string; version?: number; onFlow: (key: string) => void }) {
  return (
    <button type="button" className={classes.flow} title={r("health.only", { flow })} onClick={() => onFlow(flow)}>
      <bdi>{version === undefined ? flow : r("runs.version", { key: flow, version })}</bdi>
    </button>
  );
}
