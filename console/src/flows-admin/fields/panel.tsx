import { NAME_PATTERN, OUTCOMES } from "@clew/contract/flows/words";
import { links } from "@clew/domain/flows/format/links";
import { Button, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { isPlain } from "../../admin/editing/same.ts";
import { fieldId, useFlowEditing } from "../editor/editing.tsx";
import classes from "../editor/editor.module.css";
import { outcomeOf, stepOf } from "../editor/places.ts";
import { isNodeType, linkAt, renameNode } from "../model/edit.ts";
import { pointerOf, readAt } from "../model/json-at.ts";
import { nodeKey } from "../model/outline.ts";
import { nameOf, nodesOf, typeOf } from "../model/rough.ts";
import { wayName } from "../outline/line-text.ts";
import { typeName } from "../outline/outline.tsx";
import { f } from "../strings/words.ts";
import { ObjectFields } from "./object-fields.tsx";
import { SchemaField } from "./schema-field.tsx";
import { flowSchema, type JsonSchema, nodeSchema, variantFor } from "./schema-kinds.ts";

/** The fields of what is chosen: the flow, a step, or a way out of a step. */
export function Panel({ onBack }: { onBack: (() => void) | null }) {
  const { definition, chosen } = useFlowEditing();
  const nodes = nodesOf(definition);
  const step = stepOf(chosen);
  const node = step === null ? undefined : nodes.get(step);
  const outcome = outcomeOf(chosen);
  const link = node && links(node).find((one) => one.outcome === outcome);
  const title = !node || step === null ? f("outline.flow") : link ? wayName(link, node) : nameOf(step, node);
  const about = node ? (link ? nameOf(step ?? "", node) : typeName(typeOf(node))) : null;
  return (
    <section
      className={classes.side}
      aria-label={f("panel.label", { name: title })}
      onKeyDown={(event) => event.key === "Escape" && onBack?.()}
    >
      <div>
        <h2>
          <bdi>{title}</bdi>
        </h2>
        {about && (
          <Text c="dimmed" fz="sm">
            {about}
          </Text>
        )}
      </div>
      {node && step !== null ? (
        link && outcome !== null ? (
          <WayFields key={chosen} step={step} outcome={outcome} type={typeOf(node)} />
        ) : (
          <StepFields step={step} type={typeOf(node)} node={node} />
        )
      ) : (
        <FlowFields />
      )}
      {onBack && (
        <Button variant="subtle" size="xs" onClick={onBack}>
          {f("panel.back")}
        </Button>
      )}
    </section>
  );
}

function FlowFields() {
  const { definition } = useFlowEditing();
  const value = isPlain(definition) ? definition : {};
  return (
    <div id={fieldId("/")}>
      <ObjectFields
        at={[]}
        name={f("outline.flow")}
        value={value}
        schema={flowSchema()}
        always={["title", "trigger", "start"]}
        // The key names the draft on the server and never changes; steps are the outline itself.
        without={["key", "nodes"]}
      />
    </div>
  );
}

function StepFields({ step, type, node }: { step: string; type: string; node: object }) {
  const { chosen: _, ...editing } = useFlowEditing();
  return (
    <>
      <div id={fieldId(pointerOf(["nodes", step]))}>
        <ObjectFields
          at={["nodes", step]}
          name={nameOf(step, nodesOf(editing.definition).get(step))}
          value={node as Record<string, unknown>}
          schema={nodeSchema(type)}
          always={["label", ...(isNodeType(type) ? OUTCOMES[type] : [])]}
          without={["type"]}
        />
      </div>
      <IdField key={step} step={step} />
    </>
  );
}

const idPointer = (step: string): string => `/nodes/${step}/#id`;

/** The id is changed when it is left, not with every letter: links to it change with it. */
function IdField({ step }: { step: string }) {
  const { definition, change, choose, seek, readOnly } = useFlowEditing();
  const [typed, setTyped] = useState(step);
  const taken = typed !== step && nodesOf(definition).has(typed);
  const wrong = !new RegExp(NAME_PATTERN).test(typed);
  const rename = () => {
    if (typed === step || taken || wrong) return;
    change(renameNode(definition, step, typed).definition);
    choose(nodeKey(typed));
  };
  const renameHere = () => {
    rename();
    // The step has another name now, and this field is that of another step: the focus goes along.
    seek(idPointer(typed));
  };
  return (
    <TextInput
      id={fieldId(idPointer(step))}
      label={f("panel.id")}
      description={f("panel.idAbout")}
      value={typed}
      readOnly={readOnly}
      error={taken ? f("panel.idTaken") : wrong ? f("panel.idWrong") : undefined}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={rename}
      onKeyDown={(event) => event.key === "Enter" && renameHere()}
    />
  );
}

function WayFields({ step, outcome, type }: { step: string; outcome: string; type: string }) {
  const { definition } = useFlowEditing();
  const schema = nodeSchema(type);
  const [list = "", place] = outcome.split("/");
  const field = schema.properties?.[list] ?? {};
  if (place === undefined) {
    const at = linkAt(step, outcome);
    const required = schema.required?.includes(list) ?? false;
    return (
      <SchemaField
        at={at}
        label={wayName({ outcome, to: "", pointer: "" }, undefined)}
        value={readAt(definition, at)}
        required={required}
        schema={field}
      />
    );
  }
  const at = ["nodes", step, list, Number(place)];
  const value = readAt(definition, at);
  const item = (Array.isArray(field.items) ? {} : field.items) as JsonSchema;
  const name = wayName({ outcome, to: "", pointer: "" }, undefined);
  return item.anyOf && variantFor(item, value) ? (
    <SchemaField at={at} label={name} value={value} required schema={item} />
  ) : (
    <div id={fieldId(pointerOf(at))}>
      <ObjectFields at={at} name={name} value={isPlain(value) ? value : {}} schema={item} always={["label"]} />
    </div>
  );
}
