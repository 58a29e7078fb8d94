import type { EXTRAS_ICONS } from "./extras-icons.ts";
import type { ROOM_ICONS } from "./room-icons.ts";

/** The icons of what is seen first and of what several parts share; a part that comes later brings its own. */
const BASE = {
  minimise: "m6 9 6 6 6-6",
  menu: "M5 12h.01M12 12h.01M19 12h.01",
  close: "m6.5 6.5 11 11M17.5 6.5l-11 11",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2",
  warn: "M12 8v5M12 16.5h.01M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z",
  devices: "M3.5 5.5h13v9h-13ZM6.5 18.5h6M15.5 11.5h5v8h-5Z",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20c.8-3.5 3.8-5.5 7.5-5.5s6.7 2 7.5 5.5",
} as const;
export type IconName = keyof typeof BASE | keyof typeof ROOM_ICONS | keyof typeof EXTRAS_ICONS;
const paths: { [Name in IconName]?: string } = { ...BASE };

/** Makes the icons of a part known, before anything of it is drawn. */
export const addIcons = (icons: typeof paths) => Object.assign(paths, icons);

/** An outline icon. It never speaks: the button around it has the name. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
