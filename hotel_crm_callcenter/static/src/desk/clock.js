import { deserializeDateTime } from "@web/core/l10n/dates";

/** How long ago something was, as minutes and seconds; time is one of the server, in UTC. */
export function since(time, now = luxon.DateTime.now()) {
    if (!time) {
        return "";
    }
    const seconds = Math.max(0, Math.floor(now.diff(deserializeDateTime(time), "seconds").seconds));
    if (seconds >= 3600) {
        return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
    }
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
