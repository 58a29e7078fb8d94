import type { ClewApi, ClewWidget, MountOptions } from "../host-page-api.ts";
import { unloadedState, VERBS } from "./verbs.ts";

type Mounted = ClewWidget & { unmount(): void };

/** Verbs on `clew` itself that concern the widget that was mounted first. */
const OWN = [...VERBS, "on", "off"] as const;

/** `window.clew`: the widgets of a page by channel. Calls made while no widget is mounted wait for the first one. */
export function createApi(mountWidget: (options: MountOptions) => Mounted): ClewApi {
  const widgets = new Map<string, Mounted>();
  const waiting: [name: (typeof OWN)[number], args: unknown[]][] = [];
  const first = () => widgets.values().next().value;
  const run = (name: (typeof OWN)[number], args: unknown[]) => {
    const widget = first();
    if (widget) (widget[name] as (...given: unknown[]) => void)(...args);
    else waiting.push([name, args]);
  };
  const own = Object.fromEntries(OWN.map((name) => [name, (...args: unknown[]) => run(name, args)]));
  return {
    ...(own as unknown as Pick<ClewWidget, (typeof OWN)[number]>),
    state: () => first()?.state() ?? unloadedState("", ""),
    mount(options) {
      const there = widgets.get(options.channel);
      if (there) return there;
      const widget = mountWidget(options);
      widgets.set(options.channel, widget);
      for (const [name, args] of waiting.splice(0)) run(name, args);
      return widget;
    },
    unmount(channel) {
      for (const [id, widget] of [...widgets]) {
        if (channel === undefined || channel === id) {
          widgets.delete(id);
          widget.unmount();
        }
      }
    },
    widget: (channel) => widgets.get(channel),
  };
}
