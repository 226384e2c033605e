import { describe, expect, it } from "vitest";
import { ago, counted, many, short } from "./words";

const NOW = Date.parse("2026-11-25T12:00:00Z");

describe("ago", () => {
  it.each([
    ["2026-11-25T11:59:48Z", "12 s ago"],
    ["2026-11-25T11:00:00Z", "1 h ago"],
    ["2026-11-20T11:00:00Z", "5 d ago"],
    ["2026-01-01T00:00:00Z", "2026-01-01"],
    ["2026-11-25T12:00:09Z", "now"],
    ["", "–"],
    ["no moment", "–"],
  ])("says %s as %s", (at, said) => expect(ago(at, NOW)).toBe(said));
});

it("shortens ids without the name of their hash", () => expect(short(`sha256:${"a".repeat(64)}`)).toBe("aaaaaaaaaaaa"));
it("counts findings worst first and leaves none out", () =>
  expect(counted({ low: 1, critical: 2, unscored: 3, high: 0 })).toEqual([
    ["critical", 2],
    ["low", 1],
    ["unscored", 3],
  ]));
it("has a singular", () => expect([many(1, "image"), many(2000, "image")]).toEqual(["1 image", "2,000 images"]));
