import type { SendFile } from "../ports.ts";

/** `fetch` does not tell how much of a body is sent, so files go the older way. */
export const sendFile: SendFile = ({ url, headers, withCookies, form, progress, onAbort }) =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.withCredentials = withCookies;
    request.responseType = "text";
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => progress(event.loaded);
    request.onloadend = () => resolve({ status: request.status, body: parsed(request.responseText) });
    onAbort(() => request.abort());
    request.send(form);
  });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Nothing where the browser does not do it: on pages without https. */
export async function sha256(file: Blob): Promise<string | undefined> {
  const digest = await globalThis.crypto?.subtle?.digest("SHA-256", await file.arrayBuffer());
  return digest && Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
