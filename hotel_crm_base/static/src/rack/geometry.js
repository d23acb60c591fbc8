/**
 * Where things stand on the room rack. Plain functions, no Odoo, no page: days are numbers since 1970,
 * places are counted in days from the left and pixels from the top.
 */

const MILLISECONDS = 86_400_000;
/** Heights of rows in pixels. */
export const HEIGHTS = { group: 28, lane: 26, room: 30, type: 34 };
/** Rows drawn before and behind those in sight, and the step in which they change. */
const [SPARE, STEP] = [8, 4];

/** @returns {number} the day of an ISO date, independent of any time zone */
export function toDay(iso) {
    return Date.parse(`${iso}T00:00:00Z`) / MILLISECONDS;
}

/** @returns {string} ISO date of a day */
export function toIso(day) {
    return new Date(day * MILLISECONDS).toISOString().slice(0, 10);
}

/**
 * Where a bar stands: from the middle of its first day to the middle of its last one, so that who
 * leaves and who comes meet on one day. What begins before or ends behind the days shown is cut off.
 *
 * @returns {{left: number, width: number, isCutLeft: boolean, isCutRight: boolean} | null}
 */
export function placeBar(from, to, first, days) {
    const isDayUse = to <= from;
    const start = from - first + (isDayUse ? 0.2 : 0.5);
    const end = isDayUse ? from - first + 0.8 : to - first + 0.5;
    const [left, right] = [Math.max(start, 0), Math.min(end, days)];
    if (right <= left) {
        return null;
    }
    return { left, width: right - left, isCutLeft: start < 0, isCutRight: end > days };
}

/**
 * Put bars one below the other where they would overlap; as few lanes as possible.
 *
 * @param {{from: number, to: number}[]} bars in the order of `from`
 * @returns {Object[][]}
 */
export function packLanes(bars) {
    const lanes = [];
    for (const bar of bars) {
        const lane = lanes.find((each) => each.until <= bar.from);
        const until = Math.max(bar.to, bar.from + 1);
        if (lane) {
            lane.until = until;
            lane.bars.push(bar);
        } else {
            lanes.push({ until, bars: [bar] });
        }
    }
    return lanes.map(({ bars: packed }) => packed);
}

/** Give each row its place from the top; returns the height of all. */
export function stackRows(rows) {
    let top = 0;
    for (const row of rows) {
        row.top = top;
        row.height = HEIGHTS[row.kind];
        top += row.height;
    }
    return top;
}

/** @returns {number} index of the row at this height; the first or the last one beyond the ends */
export function rowAt(rows, y) {
    let [low, high] = [0, rows.length - 1];
    while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (rows[middle].top <= y) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

/**
 * Which rows are drawn while the window stands at `scrollTop`: those in sight and some more, in steps,
 * so that most scrolling draws nothing anew.
 *
 * @returns {[number, number]} from (included), to (not included)
 */
export function visibleRows(rows, scrollTop, height) {
    if (!rows.length) {
        return [0, 0];
    }
    const from = Math.max(0, rowAt(rows, scrollTop) - SPARE);
    const to = Math.min(rows.length, rowAt(rows, scrollTop + height) + 1 + SPARE);
    return [Math.floor(from / STEP) * STEP, Math.min(rows.length, Math.ceil(to / STEP) * STEP)];
}

/** @returns {number} width of a day in pixels: all days fit where they can be told apart */
export function dayWidth(width, labelWidth, days, least = 18) {
    return Math.max(least, Math.floor((width - labelWidth) / days));
}

/**
 * How fast a thing scrolls while something is dragged near its border: from nothing where the border begins
 * to the most at its end and beyond.
 *
 * @returns {number} pixels in a millisecond; negative to the start
 */
export function borderSpeed(at, start, end, border, most = 0.9) {
    const share = (depth) => Math.max(0, Math.min(depth / border, 1));
    return (share(at - end + border) - share(start + border - at)) * most;
}

/** @returns {{from: number, to: number}} nights between two cells, whichever was touched first */
export function nightsBetween(one, other) {
    return { from: Math.min(one, other), to: Math.max(one, other) + 1 };
}

/**
 * What a drag makes of a bar.
 *
 * @param {{from: number, to: number, roomId: number | false}} bar
 * @param {"move" | "arrival" | "departure"} kind
 * @param {number} shift in days
 * @param {number | false | undefined} roomId of the row where it is let go; undefined: no such row
 * @returns {{from: number, to: number, roomId: number | false} | null} null where nothing changes
 */
export function dropBar(bar, kind, shift, roomId) {
    let { from, to } = bar;
    let room = bar.roomId;
    if (kind === "arrival") {
        from = Math.min(from + shift, to - 1);
    } else if (kind === "departure") {
        to = Math.max(to + shift, from + 1);
    } else {
        [from, to] = [from + shift, to + shift];
        room = roomId === undefined ? room : roomId;
    }
    const isSame = from === bar.from && to === bar.to && room === bar.roomId;
    return isSame ? null : { from, to, roomId: room };
}

/** @returns {Object | undefined} the bar that takes this night, else the one that ends that day */
export function barOn(bars, day) {
    const takes = ({ from, to }) => from <= day && (day < to || from === to);
    return bars.find((bar) => takes(bar) && bar.from !== bar.to) || bars.find((bar) => takes(bar) || bar.to === day);
}
