import { expect, test } from "vitest";
import { asking, background, END, finding, form, said } from "./testing/flows.ts";

const HOUSE = "house-0123456789abcdef.png";
const CAR = "new-car-fedcba9876543210.jpg";
const world = { assets: [HOUSE, CAR] };
const shows = (src: string) => form(asking([{ kind: "image", src, alt: "What it is for" }]));
const AT = "/nodes/ask/components/0/src";

test("[FF21] a picture that is not in the store is an error where its name is written, with the one that was meant", () => {
  expect(said(shows(`=asset('${HOUSE}')`), world)).toEqual([]);
  expect(said(shows(`/assets/${HOUSE}`), world)).toEqual([]);
  expect(said(shows("=asset('house')"))).toEqual([]);
  const about = (src: string) => finding(shows(src), "unknown-name", world);
  expect(about("=asset('hose')")).toMatchObject({
    severity: "error",
    path: AT,
    message: 'there is no picture "hose" in the store',
    suggestion: `did you mean "${HOUSE}"?`,
  });
  expect(about("=asset('new-car.jpg')")?.suggestion).toBe(`did you mean "${CAR}"?`);
  expect(about(`/assets/${CAR.replace("fe", "00")}`)?.suggestion).toBe(`did you mean "${CAR}"?`);
  expect(about("{{coalesce(asset('zebra'), '')}}")?.suggestion).toBe("an admin adds it under Pictures");
  expect(about("=coalesce(['a', 'b'].map(one, asset('zebra'))[0], '')")?.path).toBe(AT);
});

test.each(["=asset('zeb' + 'ra')", "{{coalesce(asset(kind), '')}}", `=kind == 'a' ? asset('${HOUSE}') : asset(kind)`])(
  "[FM5] a name that is computed, as in %s, is warned of and stands in nobody's way",
  (src) => {
    const flow = form(asking([{ kind: "image", src, alt: "What it is for" }]), {
      inputs: { kind: { type: "text", required: true } },
    });
    const told = { severity: "warning", path: AT, message: expect.stringContaining("computed") };
    expect(finding(flow, "unknown-name", world)).toMatchObject(told);
    expect(said(flow, world)).toEqual([`warning unknown-name ${AT}`]);
    expect(said(flow)).toEqual([]);
  },
);

test("[FM5] a name that is missing counts before one that is computed", () => {
  expect(finding(shows("=coalesce(asset('zebra'), asset('a' + 'b'), '')"), "unknown-name", world)?.severity).toBe(
    "error",
  );
});

test("[FF21] a name where a file is attached is an error, in whatever way it is written", () => {
  const attaches = (what: unknown) =>
    background(
      { say: { type: "message.send", text: "Here", attachments: [what], next: "end" }, end: END },
      { inputs: { file: { type: "file", required: true } } },
    );
  expect(said(attaches("=file"), world)).toEqual([]);
  for (const name of [HOUSE, "bill-{{file.name}}", `=asset('${HOUSE}')`, "='bill.pdf'"])
    expect(said(attaches(name), world)).toContain("error type /nodes/say/attachments/0");
});
