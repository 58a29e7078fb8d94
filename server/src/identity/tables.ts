/** Declared by the noun's own migration. */
export type IdentityTables = Record<never, never>;
