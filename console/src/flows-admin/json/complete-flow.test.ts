import { CompletionContext } from "@codemirror/autocomplete";
import { json } from "@codemirror/lang-json";
import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { exampleFlow } from "../testing/example-flow.ts";
import { completeFlow, namesAt, valuesAt } from "./complete-flow.ts";
import { rangeAt } from "./json-places.ts";

const webchat = exampleFlow("route.webchat");

const labels = (found: { label: string }[]) => found.map(({ label }) => label);

function stateOf(text: string): EditorState {
  return EditorState.create({ doc: text, extensions: [json()] });
}

/** What is offered where the bar stands. */
function offered(text: string): string[] {
  const position = text.indexOf("|");
  const state = stateOf(text.replace("|", ""));
  return labels([...(completeFlow(new CompletionContext(state, position, true))?.options ?? [])]);
}

test("[FL7] JSON is completed by the schema: names of fields, words of closed lists, ids of steps", () => {
  expect(labels(namesAt(webchat, ["nodes", "findEarlier"]))).toContain('"notFound"');
  expect(labels(namesAt(webchat, ["nodes", "findEarlier"]))).not.toContain('"object"');
  expect(labels(valuesAt(webchat, ["kind"]))).toEqual(['"routing"', '"screen"', '"background"', '"sub"']);
  expect(labels(valuesAt(webchat, ["nodes", "keep", "next"]))).toContain('"toFallback"');
  expect(labels(valuesAt(webchat, ["nodes", "keep", "type"]))).toContain('"http.call"');
});

test("[FL7] what is offered depends on where the cursor stands in the text", () => {
  expect(offered('{"kind": "|"}')).toContain('"background"');
  expect(offered('{"kind": "sub", "|": 1}')).toContain('"trigger"');
  expect(offered('{"nodes": {"a": {"type": "|"}}}')).toContain('"decision"');
  expect(offered('{"nodes": {"a": {"type": "end", "|": 1}}}')).toContain('"outcome"');
});

test("[FL6] a finding is marked at its value, a long one at its name, one that stands nowhere at what is around it", () => {
  const text = JSON.stringify({
    start: "a",
    nodes: { a: { type: "end", note: "x".repeat(200), faults: [1, { next: "b" }] } },
  });
  const state = stateOf(text);
  const marked = (pointer: string) => {
    const range = rangeAt(state, pointer);
    return range && state.sliceDoc(range.from, range.to);
  };
  expect(marked("/nodes/a/faults/1/next")).toBe('"b"');
  expect(marked("/nodes/a")).toBe('"a"');
  expect(marked("/nodes/a/note")).toBe('"note"');
  expect(marked("/start/gone")).toBe('"a"');
});
