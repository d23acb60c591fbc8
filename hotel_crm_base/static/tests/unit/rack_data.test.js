import { describe, expect, test } from "@odoo/hoot";
import { makeRows, readRack, sumNumbers } from "@hotel_crm_base/rack/rack_data";

describe.current.tags("headless");

const VIEW = { by: "rooms", group: "type", typeId: 0, floorId: 0, state: "", roomState: "", closed: [] };
const rack = readRack({
    start: "2028-02-28",
    business_date: "2028-02-28",
    days: 3,
    types: [{ id: 1, name: "Double", rooms: 2 }, { id: 2, name: "Suite", rooms: 1 }],
    floors: [{ id: 7, name: "1" }],
    rooms: [[11, "101", 1, 7, "clean"], [12, "102", 1, 7, "dirty"], [21, "201", 2, false, "clean"]],
    stays: [
        [100, 11, 1, "2028-02-28", "2028-03-01", "in_house", "Ana", [["info", "VIP"], ["danger", "Blocked"]], 2, 5],
        [101, false, 1, "2028-02-28", "2028-02-29", "booked", "Rui", [], 1, false],
        [102, false, 1, "2028-02-28", "2028-03-02", "booked", "Eva", [], 1, false],
    ],
    closures: [[9, 21, "2028-02-28", "2028-02-29", "Painting"]],
    numbers: { 1: [[1, 1], [0, 2], null], 2: [[1, 0], null, null] },
});
const rowsOf = (view) => makeRows(rack, { ...VIEW, ...view }).rows;
const kinds = (view) => rowsOf(view).map(({ kind, name }) => (name ? `${kind} ${name}` : kind));

test("rooms stand below their type, and stays without a room above them", () => {
    expect(kinds({})).toEqual(["group Double", "lane", "lane", "room 101", "room 102", "group Suite", "room 201"]);
    const [head, , , first] = rowsOf({});
    expect([head.waiting, head.count]).toEqual([2, 2]);
    expect(first.bars.map(({ name, level }) => [name, level])).toEqual([["Ana", "danger"]]);
});

test("by floor, those without a room come first and rooms without a floor last", () => {
    const rows = kinds({ group: "floor" });
    expect(rows).toEqual(["group", "lane", "lane", "group 1", "room 101", "room 102", "group \u2013", "room 201"]);
});

test("filters and folded groups leave out what is not wanted", () => {
    expect(kinds({ typeId: 2 })).toEqual(["group Suite", "room 201"]);
    expect(kinds({ roomState: "dirty", state: "in_house" })).toEqual(["group Double", "room 102"]);
    expect(kinds({ closed: ["t1"] })).toEqual(["group Double", "group Suite", "room 201"]);
    expect(kinds({ by: "types" })).toEqual(["type Double", "type Suite"]);
});

test("numbers of all types are summed where a type is for sale", () => {
    expect(sumNumbers(rack)).toEqual([[2, 1], [0, 2], null]);
});
