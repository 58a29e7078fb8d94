import type { Boot, Channel } from "@clew/contract/channels";
import type { SessionSummary } from "@clew/contract/conversations";
import type { SurveyForm } from "@clew/contract/forms";
import type { Timeline } from "@clew/contract/timeline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { DEMO_CHANNELS, newGuest, newId, postJson, signIn, startTestApp } from "../testing/test-app.ts";

const question = { required: true, hidden: false, editable: true };
const SURVEY: SurveyForm = {
  on: true,
  fields: [
    { ...question, key: "rating", type: "rating", label: { en: "How was it?" } },
    { ...question, key: "more", type: "longText", label: { en: "What else?" }, required: false },
  ],
};
const answers = (values: Record<string, string | number>) =>
  Object.entries(values).map(([key, value]) => ({ key, value, how: "typed" }));

describe.each(ENGINES)("the survey on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Record<string, string>;
  let amara: Record<string, string>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    admin = (await signIn(app.url, "admin")).headers;
    amara = (await signIn(app.url, "amara")).headers;
    await publish(SURVEY);
  });
  afterAll(() => app.close());

  async function call(method: string, path: string, headers: Record<string, string>, body?: unknown) {
    const response = await fetch(`${app.url}/api/v1${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, text, json: () => JSON.parse(text) };
  }
  const read = async <T>(path: string, headers: Record<string, string>) =>
    (await call("GET", path, headers)).json() as T;
  const staff = (command: object) => postJson(`${app.url}/api/v1/staff/commands`, { id: newId(), ...command }, amara);

  async function publish(survey: SurveyForm): Promise<void> {
    const { items } = await read<{ items: Channel[] }>("/channels", admin);
    const channel = items.find(({ id }) => id === DEMO_CHANNELS.shop) as Channel;
    const body = { revision: channel.revision, settings: { ...channel.draft, survey } };
    const { revision } = (await call("PUT", `/channels/${channel.id}`, admin, body)).json() as Channel;
    await postJson(`${app.url}/api/v1/channels/${channel.id}/deployments`, { revision, note: "" }, admin);
  }

  /** A session that an agent had and ended. */
  async function ended() {
    const guest = await newGuest(app.url);
    const headers = { authorization: `Bearer ${guest.accessToken}` };
    const conversationId = newId();
    const told = answers({ name: "Ana", email: "ana@clew.example", topic: "advice" });
    const start = { channelId: DEMO_CHANNELS.shop, language: "en", answers: told };
    const command = (wish: object) => call("POST", "/commands", headers, { id: newId(), conversationId, ...wish });
    await command({ type: "conversation.start", ...start });
    await staff({ type: "session.take", conversationId });
    await staff({ type: "session.end", conversationId });
    const [last] = (await read<{ items: SessionSummary[] }>(`/conversations/${conversationId}/sessions`, amara)).items;
    const sessionId = last?.session.id ?? "";
    const answer = (given: unknown, id = newId()) => command({ type: "survey.answer", id, sessionId, answers: given });
    return { headers, conversationId, sessionId, answer, last };
  }

  test("[SV1] the window learns what is asked from the deployment, and only while it is asked", async () => {
    expect((await read<Boot>(`/channels/${DEMO_CHANNELS.shop}/boot`, {})).survey).toEqual(SURVEY);
    await publish({ ...SURVEY, on: false });
    expect(await read<Boot>(`/channels/${DEMO_CHANNELS.shop}/boot`, {})).not.toHaveProperty("survey");
    await publish(SURVEY);
  });

  test("[SV3] a repeat of the command gets the first answer, another one is refused", async () => {
    const { answer, last, conversationId } = await ended();
    expect(last?.session).toMatchObject({ status: "ended", survey: "open" });
    const id = newId();
    const [first, again] = [await answer(answers({ rating: 4 }), id), await answer(answers({ rating: 4 }), id)];
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.json()).toEqual(first.json());
    const other = await answer(answers({ rating: 1 }));
    expect([other.status, other.json().code]).toEqual([409, "form-closed"]);
    const { events } = await read<Timeline>(`/conversations/${conversationId}/timeline`, amara);
    expect(events.filter(({ type }) => type === "survey.answered")).toHaveLength(1);
  });

  test("[SV3] answers that come at the same moment leave one", async () => {
    const { answer, conversationId } = await ended();
    const all = await Promise.all([1, 2, 3, 4].map((rating) => answer(answers({ rating }))));
    expect(all.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const { events } = await read<Timeline>(`/conversations/${conversationId}/timeline`, amara);
    expect(events.filter(({ type }) => type === "survey.answered")).toHaveLength(1);
  });

  test("[SV6] staff read it beside the session, in transcript and timeline; customers read that they answered", async () => {
    const { answer, headers, conversationId } = await ended();
    await answer(answers({ rating: 4, more: "More plants" }));
    const at = `/conversations/${conversationId}`;
    const told = [
      { key: "rating", question: "How was it?", value: 4, label: "4/5" },
      { key: "more", question: "What else?", value: "More plants" },
    ];
    expect((await read<{ items: SessionSummary[] }>(`${at}/sessions`, amara)).items[0]?.survey).toEqual(told);
    expect(await read(at, headers)).toMatchObject({ session: { survey: "answered" } });
    expect((await call("GET", `${at}/sessions`, headers)).status).toBe(403);
    expect((await call("GET", `${at}/transcript`, amara)).text).toMatch(
      /How was it\?: 4\/5\n.*What else\?: More plants/,
    );
    const { events } = await read<Timeline>(`${at}/timeline`, amara);
    expect(events.at(-1)).toMatchObject({ type: "survey.answered", answers: told });
    for (const path of ["/transcript", "/events", ""])
      expect((await call("GET", at + path, headers)).text, path).not.toContain("More plants");
  });

  test("[SV8] nothing of it is left of an erased customer", async () => {
    const { answer, conversationId } = await ended();
    await answer(answers({ rating: 2, more: "A word that shall go" }));
    const { customer } = await read<{ customer: { id: string } }>(`/conversations/${conversationId}`, admin);
    expect((await call("DELETE", `/customers/${customer.id}`, admin)).status).toBeLessThan(300);
    const [session] = (await read<{ items: SessionSummary[] }>(`/conversations/${conversationId}/sessions`, admin))
      .items;
    expect(session).not.toHaveProperty("survey");
    expect((await call("GET", `/conversations/${conversationId}/events`, admin)).text).not.toContain("shall go");
  });
});
