import type { AgentSettings } from "@clew/contract/agents";
import { DEMO_AGENTS, DEMO_SKILLS } from "./ids.ts";

/** The password of all demo accounts. The demo is for trying out: turn it off (CLEW_DEMO=off) before real use. */
export const DEMO_PASSWORD = "clew-demo-2026";

const { orders, returns, plants, technical } = DEMO_SKILLS;

/** The demo's accounts, in the order in which the terminal lists them. */
export const DEMO_PEOPLE: readonly ({ id: string } & AgentSettings)[] = [
  {
    id: DEMO_AGENTS.amara,
    email: "amara@clew.example",
    name: "Amara Okafor",
    publicName: "Amara",
    role: "agent",
    capacity: 5,
    skills: [
      { skillId: orders, level: 8 },
      { skillId: returns, level: 6 },
      { skillId: plants, level: 4 },
    ],
    active: true,
  },
  {
    id: DEMO_AGENTS.ben,
    email: "ben@clew.example",
    name: "Ben Lindqvist",
    publicName: "Ben",
    role: "agent",
    capacity: 5,
    skills: [
      { skillId: technical, level: 9 },
      { skillId: returns, level: 5 },
    ],
    active: true,
  },
  {
    id: DEMO_AGENTS.chiyo,
    email: "chiyo@clew.example",
    name: "Chiyo Tanaka",
    publicName: "Chiyo",
    role: "agent",
    capacity: 3,
    skills: [
      { skillId: plants, level: 10 },
      { skillId: orders, level: 5 },
    ],
    active: true,
  },
  {
    id: DEMO_AGENTS.supervisor,
    email: "supervisor@clew.example",
    name: "Sofía Marín",
    publicName: "Sofía",
    role: "supervisor",
    capacity: 2,
    skills: [{ skillId: orders, level: 7 }],
    active: true,
  },
  {
    id: DEMO_AGENTS.admin,
    email: "admin@clew.example",
    name: "Alex Kowalski",
    publicName: "Alex",
    role: "admin",
    capacity: 0,
    skills: [],
    active: true,
  },
];
