/** The demo's things have the same ids in every store, so that pages, tests and examples can name them. */
export const DEMO_CHANNELS = {
  shop: "c1e00000-0000-7000-8000-000000000101",
  supportDesk: "c1e00000-0000-7000-8000-000000000102",
} as const;

export const DEMO_QUEUES = {
  orders: "c1e00000-0000-7000-8000-000000000201",
  support: "c1e00000-0000-7000-8000-000000000202",
} as const;

export const DEMO_AGENTS = {
  amara: "c1e00000-0000-7000-8000-000000000301",
  ben: "c1e00000-0000-7000-8000-000000000302",
  chiyo: "c1e00000-0000-7000-8000-000000000303",
  supervisor: "c1e00000-0000-7000-8000-000000000304",
  admin: "c1e00000-0000-7000-8000-000000000305",
} as const;

export const DEMO_SKILLS = {
  orders: "c1e00000-0000-7000-8000-000000000401",
  returns: "c1e00000-0000-7000-8000-000000000402",
  plants: "c1e00000-0000-7000-8000-000000000403",
  technical: "c1e00000-0000-7000-8000-000000000404",
} as const;

export const DEMO_HOURS = {
  always: "c1e00000-0000-7000-8000-000000000501",
  office: "c1e00000-0000-7000-8000-000000000502",
} as const;
