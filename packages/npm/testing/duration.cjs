/* Durations as tests write them: milliseconds, or ISO 8601 such as 'PT1H30M'. */
'use strict';

const ISO = /^(-)?P(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/;
const SECONDS = [604800, 86400, 3600, 60, 1];

/** Return a duration's seconds. */
function seconds(duration) {
  if (Number.isFinite(duration)) return duration / 1000;
  const found = ISO.exec(String(duration));
  const parts = found?.slice(2).map((part) => (part === undefined ? undefined : Number(part))) ?? [];
  if (!parts.some(Number.isFinite)) throw new TypeError(`'${duration}' is no duration: use milliseconds, or ISO 8601 such as 'PT1H30M'`);
  const total = parts.reduce((sum, part, place) => sum + (part ?? 0) * SECONDS[place], 0);
  return found[1] ? -total : total;
}

module.exports = { seconds };
