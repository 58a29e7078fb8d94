const PATHS = {
  minimise: "m6 9 6 6 6-6",
  menu: "M5 12h.01M12 12h.01M19 12h.01",
  send: "M5 12h13M12.5 5.5 19 12l-6.5 6.5",
  smile:
    "M12 3.2a8.8 8.8 0 1 0 0 17.6 8.8 8.8 0 0 0 0-17.6ZM8.3 14.2c.8 1.3 2.1 2 3.7 2s2.9-.7 3.7-2M9 9.6h.01M15 9.6h.01",
  attach: "m20 11.5-8 8a5 5 0 0 1-7.1-7.1l8.3-8.3a3.4 3.4 0 0 1 4.8 4.8l-8.2 8.2a1.7 1.7 0 0 1-2.4-2.4l7.5-7.5",
  close: "m6.5 6.5 11 11M17.5 6.5l-11 11",
  file: "M13.5 3.5H7a1.5 1.5 0 0 0-1.5 1.5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5l-5-5ZM13.5 3.5v5h5",
  download: "M12 4v11M7.5 10.5 12 15l4.5-4.5M5 19.5h14",
  sound: "M4.5 9.5v5h3l4.5 4v-13l-4.5 4h-3ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11",
  mute: "M4.5 9.5v5h3l4.5 4v-13l-4.5 4h-3ZM16 9.5l5 5M21 9.5l-5 5",
  end: "M12 3.5v8M7 6.2a7.8 7.8 0 1 0 10 0",
  check: "m5 12.5 4.5 4.5L19 7.5",
  checks: "m2.5 12.5 4 4L15 8M11 16l.7.7L21.5 8",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2",
  warn: "M12 8v5M12 16.5h.01M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z",
  down: "M12 5v13M6 12l6 6 6-6",
  cloud: "M4 4l16 16M8.5 8A5 5 0 0 0 6 17.5h10.5M19 15.5a3.8 3.8 0 0 0-1.8-6.5 5.5 5.5 0 0 0-5.7-3.5",
  devices: "M3.5 5.5h13v9h-13ZM6.5 18.5h6M15.5 11.5h5v8h-5Z",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20c.8-3.5 3.8-5.5 7.5-5.5s6.7 2 7.5 5.5",
} as const;
export type IconName = keyof typeof PATHS;

/** An outline icon. It never speaks: the button around it has the name. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
