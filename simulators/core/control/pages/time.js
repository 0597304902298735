// The times on the page: all of them in the time zone of the CRM's calendar, wherever the browser is.

import { number } from './dom.js';

export const zone = { name: 'UTC' };

export function when(appointment) {
  if (!appointment.startTimeUtc) return 'at an unknown time';
  const start = new Date(appointment.startTimeUtc);
  if (Number.isNaN(start.getTime())) return String(appointment.startTimeUtc);
  const form = new Intl.DateTimeFormat('en', {
    timeZone: zone.name,
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  return `${form.format(start)}, ${number(Math.round(appointment.durationMinutes ?? 0), 'minute')}`;
}

// A moment as a field for local time has it; an empty text for no moment.
export function local(moment) {
  const start = new Date(moment ?? '');
  if (Number.isNaN(start.getTime())) return '';
  return new Date(start.getTime() + offset(start)).toISOString().slice(0, 16);
}

// The moment, as App Connect sends it, of a local time; an empty text for none. A time that the clocks skip is moved on.
export function utc(text) {
  const wall = new Date(`${text}Z`).getTime();
  if (!text || Number.isNaN(wall)) return '';
  const guess = new Date(wall - offset(new Date(wall)));
  return new Date(wall - offset(guess)).toISOString();
}

// A moment as a clock on the wall shows it: 2027-03-02 09:00:00 PST.
export function clock(moment) {
  const shown = new Date(moment);
  const form = new Intl.DateTimeFormat('en', { timeZone: zone.name, timeZoneName: 'short' });
  const { value } = form.formatToParts(shown).find(({ type }) => type === 'timeZoneName');
  const wall = new Date(shown.getTime() + offset(shown)).toISOString();
  return `${wall.slice(0, 19).replace('T', ' ')} ${value}`;
}

// By how many milliseconds the clocks of the zone are ahead of UTC at a moment.
function offset(moment) {
  const form = new Intl.DateTimeFormat('en', {
    timeZone: zone.name,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  });
  const { year, month, day, hour, minute, second } = Object.fromEntries(
    form.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
  );
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(moment.getTime() / 1000) * 1000;
}
