import { useChatWindow } from "../conversation/window-state.ts";

/** Shapes of what is about to come, so that nothing jumps when it does. */
export function Loading() {
  const { say } = useChatWindow();
  return (
    <div class="loading" role="status">
      <span class="hidden">{say("loading")}</span>
      <i class="bone short" />
      <i class="bone" />
      <i class="bone" />
      <i class="bone button" />
    </div>
  );
}
