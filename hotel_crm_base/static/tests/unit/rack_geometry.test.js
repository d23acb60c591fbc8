import { describe, expect, test } from "@odoo/hoot";
import {
    barOn,
    borderSpeed,
    dayWidth,
    dropBar,
    nightsBetween,
    packLanes,
    placeBar,
    rowAt,
    stackRows,
    toDay,
    toIso,
    visibleRows,
} from "@hotel_crm_base/rack/geometry";

describe.current.tags("headless");

const bar = (from, to, roomId = 1) => ({ from, to, roomId });
const manyRows = (count) => {
    const rows = Array.from({ length: count }, (_each, id) => ({ id, kind: id % 10 ? "room" : "group" }));
    return { rows, height: stackRows(rows) };
};

test("days are counted without time zones, over leap days and changes of the clock", () => {
    expect(toDay("2028-03-01") - toDay("2028-02-28")).toBe(2);
    expect(toDay("2026-03-30") - toDay("2026-03-28")).toBe(2);
    expect(toIso(toDay("2028-02-29"))).toBe("2028-02-29");
    expect(toIso(toDay("2026-12-31") + 1)).toBe("2027-01-01");
});

test("who leaves and who comes share the day", () => {
    const leaving = placeBar(8, 12, 10, 14);
    const coming = placeBar(12, 14, 10, 14);
    expect(leaving.left + leaving.width).toBe(coming.left);
    expect(leaving.isCutLeft).toBe(true);
    expect(coming.isCutLeft).toBe(false);
});

test("bars are cut at the ends of the days shown, others are not drawn", () => {
    expect(placeBar(20, 40, 10, 14)).toEqual({ left: 10.5, width: 3.5, isCutLeft: false, isCutRight: true });
    expect(placeBar(1, 10, 10, 14)).toEqual({ left: 0, width: 0.5, isCutLeft: true, isCutRight: false });
    expect(placeBar(1, 9, 10, 14)).toBe(null);
    expect(placeBar(24, 26, 10, 14)).toBe(null);
});

test("day use stands within its day", () => {
    const { left, width } = placeBar(10, 10, 10, 14);
    expect(left > 0 && left + width < 1).toBe(true);
});

test("unassigned stays that overlap are put into as many lanes as needed and no more", () => {
    const bars = [bar(1, 4), bar(2, 3), bar(3, 6), bar(4, 5)];
    expect(packLanes(bars)).toEqual([
        [bars[0], bars[3]],
        [bars[1], bars[2]],
    ]);
    expect(packLanes([])).toEqual([]);
    expect(packLanes([bar(1, 1), bar(1, 1)]).length).toBe(2);
});

test("each height has one row", () => {
    const { rows, height } = manyRows(500);
    expect(rowAt(rows, -5)).toBe(0);
    expect(rowAt(rows, height + 5)).toBe(499);
    for (const row of rows) {
        expect(rowAt(rows, row.top)).toBe(row.id);
        expect(rowAt(rows, row.top + row.height - 1)).toBe(row.id);
    }
});

test("all rows in sight are drawn and no more than a screen and a half", () => {
    const { rows, height } = manyRows(500);
    for (let top = 0; top < height - 600; top += 7) {
        const [from, to] = visibleRows(rows, top, 600);
        expect(rows[from].top <= top).toBe(true);
        expect(rows[to - 1].top + rows[to - 1].height >= top + 600).toBe(true);
        expect(to - from < 48).toBe(true);
    }
    expect(visibleRows([], 0, 600)).toEqual([0, 0]);
    expect(visibleRows(manyRows(3).rows, 0, 600)).toEqual([0, 3]);
});

test("days fill the screen until they become too narrow", () => {
    expect(dayWidth(1366, 160, 14)).toBe(86);
    expect(dayWidth(390, 110, 60)).toBe(18);
});

test("near a border a drag scrolls, the faster the nearer, and beyond it too", () => {
    const speed = (at) => borderSpeed(at, 100, 700, 50, 1);
    expect([speed(150), speed(400), speed(650)]).toEqual([0, 0, 0]);
    expect([speed(125), speed(675)]).toEqual([-0.5, 0.5]);
    expect([speed(100), speed(20), speed(700), speed(900)]).toEqual([-1, -1, 1, 1]);
});

test("cells are marked in both directions", () => {
    expect(nightsBetween(5, 5)).toEqual({ from: 5, to: 6 });
    expect(nightsBetween(7, 5)).toEqual({ from: 5, to: 8 });
});

test("a bar is moved as a whole, or by one of its ends", () => {
    expect(dropBar(bar(5, 8), "move", 2, 9)).toEqual(bar(7, 10, 9));
    expect(dropBar(bar(5, 8), "move", 0, 1)).toBe(null);
    expect(dropBar(bar(5, 8), "move", 1, undefined)).toEqual(bar(6, 9));
    expect(dropBar(bar(5, 8), "move", 0, false)).toEqual(bar(5, 8, false));
    expect(dropBar(bar(5, 8), "departure", 2, 9)).toEqual(bar(5, 10));
    expect(dropBar(bar(5, 8), "departure", -9, 1)).toEqual(bar(5, 6));
    expect(dropBar(bar(5, 8), "arrival", 9, 1)).toEqual(bar(7, 8));
});

test("a cell opens who sleeps there, else who leaves that day", () => {
    const [first, second] = [bar(1, 3), bar(3, 5)];
    expect(barOn([first, second], 3)).toBe(second);
    expect(barOn([first], 3)).toBe(first);
    expect(barOn([second], 2)).toBe(undefined);
});
