import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { adopt } from "../theme/adopt.ts";
import { untilThere } from "./until-there.ts";
import { useChatWindow } from "./window-state.ts";

/** A chunk of views that the first sight of the chat does not need, with the styles that come along. */
export type Part = { css: string };

/**
 * Views of a chunk that is fetched when it is first drawn, or ahead of that by `fetch`. `Meanwhile` is
 * drawn until it is there; a fetch that fails is tried again and again.
 */
export function later<Module extends Part>(load: () => Promise<Module>) {
  let module: Module | undefined;
  let loading: Promise<void> | undefined;
  const fetch = () => {
    loading ??= untilThere(load).then((loaded) => {
      module = loaded;
    });
    return loading;
  };
  return {
    fetch,
    /** The chunk's function or value of that name once it is there. */
    get: () => module,
    view<Props extends object>(name: (loaded: Module) => ComponentType<Props>, Meanwhile?: ComponentType) {
      return function Later(props: Props): JSX.Element | null {
        const [, draw] = useState(0);
        const { host } = useChatWindow();
        // As drawn now: it may be there before the effect runs, and somebody has to draw it all the same.
        const drawn = module;
        useEffect(() => {
          if (!drawn) void fetch().then(() => draw((times) => times + 1));
        }, []);
        if (!drawn) return Meanwhile ? <Meanwhile /> : null;
        adopt(host.root, drawn.css);
        const View = name(drawn);
        return <View {...props} />;
      };
    },
  };
}
