/**
 * Which parts of a text answer to what was typed. Plain functions, no Odoo.
 */

/** Whether a text asks for anything: one Latin letter says nothing, one Chinese character is a name. */
export function isQuestion(text) {
    return text.length > 1 || /[^\x00-\x7f]/.test(text);
}

/** Text as it is compared: lower case, no accents; one entry per sign of the original. */
function foldSigns(text) {
    return Array.from(text, (sign) =>
        sign.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    );
}

/** Mark every place of `word` in the signs of a text. */
function markWord(signs, word, hits) {
    const starts = [];
    let folded = "";
    signs.forEach((sign, index) => {
        starts.push(...Array(sign.length).fill(index));
        folded += sign;
    });
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
        for (let offset = 0; offset < word.length; offset++) {
            hits[starts[at + offset]] = true;
        }
    }
}

function toParts(text, hits) {
    const parts = [];
    Array.from(text).forEach((sign, index) => {
        const isHit = Boolean(hits[index]);
        const last = parts[parts.length - 1];
        if (last && last.isHit === isHit) {
            last.text += sign;
        } else {
            parts.push({ id: index, text: sign, isHit });
        }
    });
    return parts;
}

/**
 * Cut a text into parts, those that contain a word of the query marked.
 *
 * @param {string} text such as a name
 * @param {string} query what was typed
 * @returns {{id: number, text: string, isHit: boolean}[]}
 */
export function markText(text, query) {
    const hits = {};
    const signs = foldSigns(text || "");
    for (const word of foldSigns(query || "").join("").split(/[\s,.]+/)) {
        if (word) {
            markWord(signs, word, hits);
        }
    }
    return toParts(text || "", hits);
}

/**
 * The same for numbers: spaces and signs between digits do not count, in the text and in the query.
 * The last place is marked, since people name the end of a number.
 */
export function markDigits(text, query) {
    const hits = {};
    const wanted = (query || "").normalize("NFKC").replace(/\D/g, "").replace(/^0+/, "");
    const places = [];
    Array.from(text || "").forEach((sign, index) => /\d/.test(sign) && places.push([sign, index]));
    const digits = places.map(([sign]) => sign).join("");
    const at = wanted.length > 2 ? digits.lastIndexOf(wanted) : -1;
    if (at >= 0) {
        places.slice(at, at + wanted.length).forEach(([, index]) => (hits[index] = true));
    }
    return toParts(text || "", hits);
}
