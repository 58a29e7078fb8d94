import { expect, test } from "vitest";
import { agentScreen, asking, background, END, finding, form, routing, said } from "./testing/flows.ts";

test("[FF8] an unknown field, word or element is told with the one that was probably meant", () => {
  const flow = background({ say: { type: "message.send", txet: "Hello", text: "Hello", next: "end" }, end: END });
  expect(finding(flow, "unknown-field")).toMatchObject({
    path: "/nodes/say/txet",
    node: "say",
    message: 'there is no field "txet" here',
    suggestion: 'did you mean "text"?',
  });
  const type = background({ say: { type: "mesage.send", text: "Hello", next: "end" }, end: END });
  expect(finding(type, "unknown-word")).toMatchObject({
    path: "/nodes/say/type",
    suggestion: 'did you mean "message.send"?',
  });
  const word = background({ say: { type: "message.send", as: "bott", text: "Hello", next: "end" }, end: END });
  expect(finding(word, "unknown-word")).toMatchObject({ path: "/nodes/say/as", suggestion: 'did you mean "bot"?' });
  expect(said({ ...background({ end: END }), kind: "screens" })).toContain("error unknown-word /kind");
  expect(said({ ...background({ end: END }), start: undefined })).toContain("error shape /start");
});

test("[FF8] a link, a variable and a flow that do not exist are told with the nearest name", () => {
  const flow = background(
    {
      count: { type: "assign", set: [{ var: "coutn", value: 1 }], next: "edn" },
      end: END,
    },
    { vars: { count: { type: "number", default: 0 } } },
  );
  expect(finding(flow, "unknown-node")).toMatchObject({ path: "/nodes/count/next", suggestion: 'did you mean "end"?' });
  expect(finding(flow, "unknown-variable")).toMatchObject({
    path: "/nodes/count/set/0/var",
    suggestion: 'did you mean "count"?',
  });
  const calls = background({ call: { type: "subflow", flow: "shared.lok", next: "end" }, end: END });
  const flows = new Map<string, unknown>([["shared.look", background({ end: END }, { kind: "sub" })]]);
  expect(finding(calls, "unknown-flow", { flows })).toMatchObject({
    severity: "warning",
    path: "/nodes/call/flow",
    suggestion: 'did you mean "shared.look"?',
  });
  expect(finding(calls, "unknown-flow", { flows, complete: true })?.severity).toBe("error");
  expect(finding(calls, "unknown-flow")).toBeUndefined();
  expect(said(background({ end: END }, { settings: { onFault: "gone" } }))).toEqual([
    "error unknown-node /settings/onFault",
  ]);
});

test("[FF8] objects, their fields, queues, skills and connectors are checked where they are known", () => {
  const flow = routing({
    find: { type: "records.create", object: "Csae", values: { a: 1 }, next: "keep" },
    keep: { type: "records.update", object: "Case", id: "=coalesce('1')", values: { statsu: "open" }, next: "call" },
    call: { type: "http.call", connector: "risk", method: "GET", path: "/", next: "to" },
    to: { type: "route", to: { queue: "generl" }, next: "skilled" },
    skilled: { type: "route", to: { skills: [{ skill: "biling" }] }, next: "end" },
    end: END,
  });
  const world = {
    objects: new Map([["Case", { status: { type: "text" } }]]),
    queues: ["general"],
    skills: ["billing"],
    connectors: new Map([["risk-api", { methods: ["GET"], refusalOf: () => null }]]),
  };
  const found = said(flow, world);
  expect(found).toEqual(
    expect.arrayContaining([
      "error unknown-object /nodes/find/object",
      "error unknown-variable /nodes/keep/values/statsu",
      "error unknown-name /nodes/call/connector",
      "error unknown-name /nodes/to/to/queue",
      "error unknown-name /nodes/skilled/to/skills/0/skill",
    ]),
  );
  expect(found).toHaveLength(5);
  expect(said(flow)).toEqual([]);
});

test.each(["__proto__", "constructor", "toString", "valueOf", "hasOwnProperty", "prototype"])(
  "[FF9] %s is refused as a name of anything",
  (name) => {
    const own = JSON.parse(`{"${name}": {"type": "text"}}`);
    expect(said(background({ end: END }, { vars: own }))).toContain(`error forbidden-name /vars/${name}`);
    const node = JSON.parse(`{"end": {"type": "end"}, "${name}": {"type": "end"}}`);
    expect(said(background(node, { start: "end" }))).toContain(`error forbidden-name /nodes/${name}`);
    const set = { type: "assign", set: [{ var: `data.${name}`, value: 1 }], next: "end" };
    const flow = background({ set, end: END }, { vars: { data: { type: "map", default: {} } } });
    expect(said(flow).join()).toMatch(/\/nodes\/set\/set\/0\/var/);
    const body = { type: "http.call", connector: "c", method: "POST", path: "/", body: JSON.parse(`{"${name}":1}`) };
    const call = background({ call: { ...body, next: "end" }, end: END });
    expect(said(call)).toContain(`error forbidden-name /nodes/call/body/${name}`);
    expect(said(form(asking([{ id: name, kind: "text" }]))).join()).toMatch(/\/nodes\/ask\/components\/0\/id/);
  },
);

test("[FF9] a name is given once among inputs, variables, screens, loop items and faults", () => {
  const flow = agentScreen(asking([{ id: "reason", kind: "text" }]), {
    inputs: { ask: { type: "text?" } },
    vars: { runtime: { type: "text?" } },
  });
  expect(said(flow)).toEqual(expect.arrayContaining(["error name-taken /nodes/ask", "error name-taken /vars/runtime"]));
  const twice = form(
    asking([
      { id: "a", kind: "text" },
      { id: "a", kind: "number" },
    ]),
  );
  expect(said(twice)).toEqual(["error name-taken /nodes/ask/components/1/id"]);
});

test("[FF8] a variable that nothing uses, and one that is null though its type forbids it, are warnings", () => {
  const flow = background({ end: END }, { vars: { spare: { type: "text?" }, empty: { type: "text" } } });
  expect(said(flow)).toEqual([
    "warning type /vars/empty",
    "warning unused-variable /vars/spare",
    "warning unused-variable /vars/empty",
  ]);
});
