/** The shortest password the server takes, in characters. */
export const MIN_PASSWORD = 10;
