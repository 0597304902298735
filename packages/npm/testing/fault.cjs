/* Faults as the command line writes them: 'status=503,on=read,times=2'. */
'use strict';

const NAMES = { 'retry-after': 'retryAfter' };

/** Return a fault as the control API takes it. */
function fault(text, options = {}) {
  const [first, ...rest] = String(text).split(',');
  const [name, value] = pair(first);
  const more = rest.map(pair).map(([key, each]) => [NAMES[key] ?? key, /^\d+$/.test(each) ? Number(each) : each]);
  return { fault: name, ...(value === undefined ? {} : { value }), ...Object.fromEntries(more), ...options };
}

function pair(text) {
  const place = text.indexOf('=');
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + 1)];
}

module.exports = { fault };
