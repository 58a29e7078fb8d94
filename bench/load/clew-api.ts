import { type Agent, AgentSettings, type Me } from "@clew/contract/agents";
import type { Channel } from "@clew/contract/channels";
import type { CustomerIdentity } from "@clew/contract/customers";

/** The password of the demo's accounts, as the server prints it when it starts. */
const DEMO_PASSWORD = "clew-demo-2026";

export type SignedIn = { agent: Agent; cookie: string; csrf: string };

/** Signs in an account of the demo by the name before the @. */
export async function signIn(url: string, name: string): Promise<SignedIn> {
  const response = await fetch(`${url}/api/v1/staff/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: `${name}@clew.example`, password: DEMO_PASSWORD }),
  });
  const me = await json<Me>(response);
  const cookie = response.headers.getSetCookie().map((one) => one.split(";")[0]);
  return { agent: me.agent, cookie: cookie.join("; "), csrf: me.csrf };
}

export async function shopChannel(url: string, by: SignedIn): Promise<string> {
  const { items } = await json<{ items: Channel[] }>(
    await fetch(`${url}/api/v1/channels`, { headers: { cookie: by.cookie } }),
  );
  const channel = items.find(({ draft }) => draft.kind === "asynchronous");
  if (!channel) throw new Error("the demo has no asynchronous channel");
  return channel.id;
}

export async function saveAgent(url: string, by: SignedIn, agent: Agent): Promise<void> {
  const names = Object.keys(AgentSettings.properties) as (keyof AgentSettings)[];
  const settings = Object.fromEntries(names.map((name) => [name, agent[name]]));
  await json(
    await fetch(`${url}/api/v1/agents/${agent.id}`, {
      method: "PUT",
      headers: { "content-type": "application/json", cookie: by.cookie, "x-clew-csrf": by.csrf },
      body: JSON.stringify({ settings, revision: agent.revision }),
    }),
  );
}

export async function startGuest(url: string, channelId: string): Promise<CustomerIdentity> {
  const response = await fetch(`${url}/api/v1/identity/guest`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ channelId }),
  });
  return json(response);
}

async function json<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}
