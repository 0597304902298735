// The faults that a click arms for the next request that changes something.

import { button } from '/pages/dom.js';

const QUICK = [
  ['Lose the answer', { fault: 'reset', stage: 'after-commit' }, 'It is done, but the connector never hears of it'],
  ['Break before it is done', { fault: 'reset', stage: 'before-commit' }, 'The connection breaks, nothing is done'],
  ['Somebody else was faster', { fault: 'cancelled' }, 'The appointment is cancelled by a colleague just before'],
  ['Credential expires', { fault: 'expired' }, 'The CRM answers 401'],
  [
    'Rate limit',
    { fault: 'status', value: '429', retryAfter: 2 },
    'The CRM answers 429 and asks for two seconds of patience',
  ],
  ['Server error', { fault: 'status', value: '503' }, 'The CRM answers 503, nothing is done'],
  ['Slow: 5 seconds', { fault: 'delay', value: '5' }, 'The answer takes five seconds'],
];

export const quick = (arm) =>
  QUICK.map(([text, fault, title]) => button(text, () => arm({ on: 'write', times: 1, ...fault }), { title }));
