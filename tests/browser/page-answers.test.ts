import { expect, test } from "vitest";
import { agentSidePeople } from "./agent-side-people.ts";
import { eventually } from "./eventually.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";

const { shop, arrives } = agentSidePeople(["amara"]);

type Values = Record<string, string>;
type PageApi = {
  setHiddenFields(values: Values): void;
  prefill(values: Values, options: { editable: boolean }): void;
  signOut(): void;
  newConversation(): void;
  on(event: "error", call: (detail: object) => void): void;
};

/** What the script of the host page calls. */
async function calls<Name extends keyof PageApi>(
  { page }: CustomerWindow,
  name: Name,
  ...args: Name extends "on" ? never : Parameters<PageApi[Name]>
): Promise<void> {
  await page.evaluate(
    ([verb, given]) =>
      (window as unknown as { clew: Record<string, (...all: unknown[]) => void> }).clew[verb as string]?.(
        ...(given as unknown[]),
      ),
    [name, args] as [string, unknown[]],
  );
}

test("[AU10] [AU11] [AU13] what the page knows reaches the agent as the page's word, in each session the newest; fields that are gone harm nobody", async () => {
  const { stage } = await shop();
  const agent = await arrives("amara");
  const customer = await stage.customer();
  await calls(customer, "setHiddenFields", { shopPage: "/roses", campaign: "of last year" });
  await calls(customer, "prefill", { name: "Mo Salah-Eddine" }, { editable: false });
  await customer.open();
  await eventually(() => customer.field("Your name").inputValue()).toBe("Mo Salah-Eddine");
  expect(await customer.field("Your name").isEditable()).toBe(false);
  await customer.field("E-mail address").fill("mo@example.com");
  await customer.field("What is it about?").selectOption({ label: "An order" });
  await customer.start();
  await agent.offer
    .getByText(/Mo Salah-Eddine/)
    .first()
    .waitFor();
  await agent.accept();
  await agent.fact("Your name").getByText("Mo Salah-Eddine").waitFor();
  await agent.fact("Your name").getByText("sent by the page").waitFor();
  await agent.fact("Page in the shop").getByText("/roses").waitFor();
  await agent.fact("Page in the shop").getByText("sent by the page").waitFor();
  await agent.end();
  await customer.sees(/your next message starts a new session here/);

  await calls(customer, "setHiddenFields", { shopPage: "/lilies" });
  await customer.write("And lilies?");
  await customer.reads("New session");
  await agent.accept();
  await agent.fact("Page in the shop").getByText("/lilies").waitFor();
  await eventually(() => agent.customer.getByText("/roses").count()).toBe(0);
  await agent
    .fact("Your name")
    .getByText(/^carried from/)
    .waitFor();
});

test("[AU14] [AU12] a refused answer of the page is told to both, and signing out forgets what it said", async () => {
  const { stage } = await shop();
  const customer = await stage.customer();
  await customer.page.evaluate(() => {
    const told: object[] = [];
    Object.assign(window, { told });
    (window as unknown as { clew: PageApi }).clew.on("error", (detail) => told.push(detail));
  });
  await calls(customer, "setHiddenFields", { shopPage: "x".repeat(201) });
  await calls(customer, "prefill", { name: "Ana Ruiz" }, { editable: true });
  await customer.open();
  await eventually(() => customer.field("Your name").inputValue()).toBe("Ana Ruiz");
  await customer.fillShopForm();
  await customer.button("Start chat").click();
  await customer.sees("That didn’t work. Please try again.");
  const told = () => customer.page.evaluate(() => (window as unknown as { told: object[] }).told);
  await eventually(told).toMatchObject([
    { code: "answers-invalid", detail: expect.stringContaining("shopPage too-long") },
  ]);

  await calls(customer, "signOut");
  await customer.launcher.waitFor();
  await customer.open();
  await eventually(() => customer.field("Your name").inputValue()).toBe("");
  await customer.fillShopForm({ name: "Bo Lund" });
  await customer.start();
  await customer.sees("You’re next in line");
});
