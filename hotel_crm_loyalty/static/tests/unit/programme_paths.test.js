import { describe, expect, test } from "@odoo/hoot";
import {
    duplicated,
    fromTyped,
    getIn,
    isWithin,
    moved,
    remapped,
    setIn,
    toSteps,
    toText,
} from "@hotel_crm_loyalty/programme/programme_paths";

describe.current.tags("headless");

test("a path and its text are the same place", () => {
    const path = ["versions", 0, "tiers", 12, "gain", "nodes", 1, "value"];
    expect(toText(path)).toBe("versions[0].tiers[12].gain.nodes[1].value");
    expect(toSteps(toText(path))).toEqual(path);
    expect(toSteps("")).toEqual([]);
});

test("a change leaves what was there as it was", () => {
    const before = { a: { b: [1, { c: 2 }] }, z: 1 };
    const after = setIn(before, ["a", "b", 1, "c"], 3);
    expect(after).toEqual({ a: { b: [1, { c: 3 }] }, z: 1 });
    expect(before.a.b[1].c).toBe(2);
    expect(getIn(after, ["a", "b", 0])).toBe(1);
    expect(getIn(after, ["x", "y"])).toBe(undefined);
});

test("records come into being on the way and fields go away", () => {
    expect(setIn({}, ["earning", "rounding", "step"], 5)).toEqual({ earning: { rounding: { step: 5 } } });
    expect(setIn({ a: 1, b: 2 }, ["a"], undefined)).toEqual({ b: 2 });
    expect(setIn({ a: "typed" }, ["a", "b"], 1)).toEqual({ a: { b: 1 } });
});

test("items move, are copied with a code of their own, and what is open goes along", () => {
    expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
    const list = [{ code: "gold" }, { code: "gold_2" }];
    expect(duplicated(list, 0).map((item) => item.code)).toEqual(["gold", "gold_3", "gold_2"]);
    const open = { "t[0]": true, "t[1].gain": true, "x[0]": true };
    expect(remapped(open, "t", (place) => 1 - place)).toEqual({ "t[1]": true, "t[0].gain": true, "x[0]": true });
    expect(remapped(open, "t", (place) => (place ? place - 1 : null))).toEqual({ "t[0].gain": true, "x[0]": true });
});

test("a problem is in its record and in no other that begins alike", () => {
    const problem = { path: "versions[0].tiers[1].gain.value" };
    expect(isWithin(problem, "versions[0].tiers[1]")).toBe(true);
    expect(isWithin(problem, "versions[0].tiers")).toBe(true);
    expect(isWithin(problem, "versions[0].tier")).toBe(false);
    expect(isWithin(problem, "")).toBe(true);
});

test("what is typed stays as typed where it is no number", () => {
    expect(fromTyped("whole", " 12 ")).toBe(12);
    expect(fromTyped("whole", "12a")).toBe("12a");
    expect(fromTyped("number", "0.10")).toBe("0.10");
    expect(fromTyped("text", "two words ")).toBe("two words ");
    expect(fromTyped("text", "  ")).toBe(undefined);
});
