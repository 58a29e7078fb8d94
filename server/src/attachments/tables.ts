/** Declared by the noun's own migration. */
export type AttachmentTables = Record<never, never>;
