/** What the menu, files and rare screens draw. */
export const EXTRAS_ICONS = {
  file: "M13.5 3.5H7a1.5 1.5 0 0 0-1.5 1.5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5l-5-5ZM13.5 3.5v5h5",
  download: "M12 4v11M7.5 10.5 12 15l4.5-4.5M5 19.5h14",
  sound: "M4.5 9.5v5h3l4.5 4v-13l-4.5 4h-3ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11",
  mute: "M4.5 9.5v5h3l4.5 4v-13l-4.5 4h-3ZM16 9.5l5 5M21 9.5l-5 5",
  end: "M12 3.5v8M7 6.2a7.8 7.8 0 1 0 10 0",
  cloud: "M4 4l16 16M8.5 8A5 5 0 0 0 6 17.5h10.5M19 15.5a3.8 3.8 0 0 0-1.8-6.5 5.5 5.5 0 0 0-5.7-3.5",
  window: "M3.5 5.5h17v13h-17ZM13 9h4v4M17 9l-5.5 5.5",
} as const;
