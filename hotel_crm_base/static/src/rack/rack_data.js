import { packLanes, stackRows, toDay } from "./geometry";

/**
 * What the server sends as lists, as things with names, and the rows that are made of them. Plain
 * functions, no Odoo.
 */

/** @param {Object} answer of hotel.room.rack get_rack */
export function readRack(answer) {
    const rack = {
        ...answer,
        first: toDay(answer.start),
        today: toDay(answer.business_date),
        rooms: answer.rooms.map(([id, name, typeId, floorId, state]) => ({ id, name, typeId, floorId, state })),
        stays: answer.stays.map(readStay),
        closures: answer.closures.map(([id, roomId, from, to, reason]) => ({
            id,
            roomId,
            reason,
            from: toDay(from),
            to: toDay(to),
        })),
    };
    rack.stayById = new Map(rack.stays.map((bar) => [bar.id, bar]));
    rack.roomById = new Map(rack.rooms.map((room) => [room.id, room]));
    rack.typeById = new Map(rack.types.map((type) => [type.id, type]));
    return rack;
}

function readStay([id, roomId, typeId, arrival, departure, state, name, flags, persons, reservationId]) {
    const bar = { id, roomId, typeId, state, name, flags, persons, reservationId };
    return { ...bar, from: toDay(arrival), to: toDay(departure), level: getLevel(flags) };
}

/** @returns {string} the gravest level of what must be known about a guest */
function getLevel(flags) {
    const levels = flags.map(([level]) => level);
    return ["danger", "warning", "info"].find((level) => levels.includes(level)) || "";
}

function groupBy(things, key) {
    const groups = new Map();
    for (const thing of things) {
        const list = groups.get(thing[key]);
        list ? list.push(thing) : groups.set(thing[key], [thing]);
    }
    return groups;
}

/**
 * The rows of the rack, stacked.
 *
 * @param {Object} rack of readRack
 * @param {Object} view by (rooms, types), group (type, floor), typeId, floorId, state, roomState, closed
 *     (keys of groups that are folded)
 * @returns {{rows: Object[], height: number}}
 */
export function makeRows(rack, view) {
    const types = rack.types.filter(({ id }) => !view.typeId || id === view.typeId);
    const rows = view.by === "types" ? types.map(makeTypeRow) : makeRoomRows(rack, view, types);
    return { rows, height: stackRows(rows) };
}

function makeTypeRow(type) {
    return { key: `t${type.id}`, kind: "type", name: type.name, typeId: type.id, count: type.rooms };
}

function makeRoomRows(rack, view, types) {
    const stays = view.state ? rack.stays.filter(({ state }) => state === view.state) : rack.stays;
    const lookup = { bars: groupBy(stays, "roomId"), closures: groupBy(rack.closures, "roomId") };
    const rooms = rack.rooms.filter(
        (room) =>
            (!view.typeId || room.typeId === view.typeId) &&
            (!view.floorId || room.floorId === view.floorId) &&
            (!view.roomState || room.state === view.roomState)
    );
    const waiting = stays.filter((bar) => !bar.roomId && (!view.typeId || bar.typeId === view.typeId));
    const groups = view.group === "floor" ? makeFloors(rack, rooms, waiting) : makeTypes(types, rooms, waiting);
    return groups.flatMap((group) => makeGroupRows(group, view, lookup));
}

function makeTypes(types, rooms, waiting) {
    const [roomsOf, waitingOf] = [groupBy(rooms, "typeId"), groupBy(waiting, "typeId")];
    return types
        .map((type) => ({
            key: `t${type.id}`,
            name: type.name,
            typeId: type.id,
            rooms: roomsOf.get(type.id) || [],
            waiting: waitingOf.get(type.id) || [],
        }))
        .filter(({ rooms: some, waiting: others }) => some.length || others.length);
}

function makeFloors(rack, rooms, waiting) {
    const roomsOf = groupBy(rooms, "floorId");
    const floors = [...rack.floors, { id: false, name: "–" }];
    const groups = floors
        .filter(({ id }) => roomsOf.has(id))
        .map(({ id, name }) => ({ key: `f${id}`, name, rooms: roomsOf.get(id), waiting: [] }));
    return waiting.length ? [{ key: "waiting", name: "", rooms: [], waiting }, ...groups] : groups;
}

function makeGroupRows(group, view, { bars, closures }) {
    const { key, name, typeId } = group;
    const isClosed = view.closed.includes(key);
    const counts = { count: group.rooms.length, waiting: group.waiting.length };
    const head = { key, kind: "group", name, typeId, isClosed, ...counts };
    if (isClosed) {
        return [head];
    }
    const lanes = packLanes(group.waiting).map((lane, number) => ({
        key: `${key}w${number}`,
        kind: "lane",
        typeId,
        bars: lane,
        closures: [],
        isFirst: !number,
    }));
    const rooms = group.rooms.map((room) => ({
        key: room.id,
        kind: "room",
        name: room.name,
        roomId: room.id,
        typeId: room.typeId,
        state: room.state,
        bars: bars.get(room.id) || [],
        closures: closures.get(room.id) || [],
    }));
    return [head, ...lanes, ...rooms];
}

/** @returns {[number, number][]} free and sold of all types together, per day; null where none is for sale */
export function sumNumbers(rack) {
    const sums = Array.from({ length: rack.days }, () => null);
    for (const nights of Object.values(rack.numbers)) {
        nights.forEach((night, index) => {
            if (night) {
                const [free, sold] = sums[index] || [0, 0];
                sums[index] = [free + night[0], sold + night[1]];
            }
        });
    }
    return sums;
}
