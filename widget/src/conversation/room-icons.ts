/** What the log and the box to write in draw. */
export const ROOM_ICONS = {
  send: "M5 12h13M12.5 5.5 19 12l-6.5 6.5",
  smile:
    "M12 3.2a8.8 8.8 0 1 0 0 17.6 8.8 8.8 0 0 0 0-17.6ZM8.3 14.2c.8 1.3 2.1 2 3.7 2s2.9-.7 3.7-2M9 9.6h.01M15 9.6h.01",
  attach: "m20 11.5-8 8a5 5 0 0 1-7.1-7.1l8.3-8.3a3.4 3.4 0 0 1 4.8 4.8l-8.2 8.2a1.7 1.7 0 0 1-2.4-2.4l7.5-7.5",
  down: "M12 5v13M6 12l6 6 6-6",
  check: "m5 12.5 4.5 4.5L19 7.5",
  checks: "m2.5 12.5 4 4L15 8M11 16l.7.7L21.5 8",
} as const;
