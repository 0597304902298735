// Marks: words that the texts of one record have, and no others. What they are is said where they are shown.

import { h } from './dom.js';

export const marks = { begins: '' };

// A sentence on the first mark in some texts; nothing where there is none.
export function explained(...texts) {
  const [found] = texts.join(' ').match(new RegExp(`\\b${marks.begins}-\\d+-\\w+`)) ?? [];
  return marks.begins && found
    ? h('p', { class: 'soft mark' }, h('code', {}, found), ' is a mark: only texts of this record have it. So Greenroom sees where they go.')
    : null;
}
