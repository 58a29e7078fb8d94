import { useLocation, useNavigate, useRouter } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, MouseEvent, Ref } from "react";

/** Pages of flows are named by their path below `/flows`, such as "route.webchat/versions". */
export function useFlowPlace(): string[] {
  const { pathname } = useLocation();
  const path = pathname.replace(/^.*?\/flows(?=\/|$)/, "").replace(/^\/|\/$/g, "");
  return path === "" ? [] : path.split("/").map(decodeURIComponent);
}

export function useGoToFlow(): (path: string, options?: { replace?: boolean }) => void {
  const navigate = useNavigate();
  return (path, { replace = false } = {}) => void navigate({ to: "/flows/$", params: { _splat: path }, replace });
}

type FlowLinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> & {
  to: string;
  ref?: Ref<HTMLAnchorElement>;
};

/** A real link to a page of flows. */
export function FlowLink({ to, onClick, ref, ...rest }: FlowLinkProps) {
  const router = useRouter();
  const go = useGoToFlow();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  const { publicHref } = router.buildLocation({ to: "/flows/$", params: { _splat: to } });
  return <a ref={ref} href={publicHref} onClick={follow} {...rest} />;
}
