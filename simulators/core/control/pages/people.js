// People by role, and their tokens: issued for a program to use, expired, revoked.

import { call, get, world } from './api.js';
import { button, copy, fill, find, h, say } from './dom.js';

export class People {
  constructor(state) {
    this.state = state;
  }

  async refresh() {
    const people = await get(world(this.state.world, '/users'));
    this.roles = Object.fromEntries(Object.entries(people).map(([role, person]) => [person.id, role]));
    const text = JSON.stringify([this.state.world, people]);
    if (text === this.shown) return;
    this.shown = text;
    const focused = document.activeElement?.closest?.('#people-list')?.contains(document.activeElement)
      ? document.activeElement.getAttribute('aria-label')
      : null;
    fill(
      find('people-list'),
      Object.entries(people).map(([role, person]) => this.item(role, person)),
    );
    if (focused)
      [...find('people-list').querySelectorAll('button')]
        .find((each) => each.getAttribute('aria-label') === focused)
        ?.focus();
  }

  item(role, person) {
    const rights = Object.entries(person.rights)
      .map(([name, right]) => `${name}: ${right || 'none'}`)
      .join(', ');
    const named = (text) => ({ 'aria-label': `${text} (${role})` });
    return h(
      'li',
      {},
      h(
        'p',
        {},
        h('strong', {}, role),
        ` ${person.name}, id ${person.id}`,
        h('br'),
        h('span', { class: 'soft' }, [rights, states(person.tokens)].filter(Boolean).join('; ')),
      ),
      h(
        'div',
        { class: 'row' },
        button(
          'Copy user',
          () => this.issue(role, (login) => [JSON.stringify(login.user), `a fresh user object of ${role}`]),
          named('Copy user'),
        ),
        button(
          'Copy authHeader',
          () => this.issue(role, (login) => [login.authHeader, `a fresh authHeader of ${role}`]),
          named('Copy authHeader'),
        ),
        button(
          'Copy both',
          () => this.issue(role, (login) => [JSON.stringify(login, null, 2), `user and authHeader of ${role}`]),
          named('Copy both'),
        ),
        button(
          'Copy for the shell',
          () => this.issue(role, (login) => [`export AUTH_HEADER='${login.authHeader}'`, 'a line for the shell']),
          named('Copy for the shell'),
        ),
        button('Expire', () => this.end(role, 'expire'), named('Expire')),
        button('Revoke', () => this.end(role, 'revoke'), named('Revoke')),
      ),
    );
  }

  async issue(role, chosen) {
    const login = await call('POST', world(this.state.world, `/users/${encodeURIComponent(role)}/tokens`), {
      lifetime: 86400,
    });
    await copy(...chosen(login));
    await this.refresh();
  }

  async end(role, how) {
    await call('POST', world(this.state.world, `/users/${encodeURIComponent(role)}/${how}`));
    say(`${how === 'expire' ? 'Expired' : 'Revoked'} every token of ${role}.`);
    await this.refresh();
  }
}

function states(tokens) {
  const counts = {};
  for (const state of tokens) counts[state] = (counts[state] ?? 0) + 1;
  return (
    Object.entries(counts)
      .map(([state, count]) => `${count} ${state} ${count === 1 ? 'token' : 'tokens'}`)
      .join(', ') || 'no token'
  );
}
