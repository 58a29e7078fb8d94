/** Declared by the noun's own migration. */
export type ConfigurationTables = Record<never, never>;
