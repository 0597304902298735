/* Greenroom's preload for Node programs under `greenroom run`: leads the CRM's hosts to the fake one. */
'use strict';

const fs = require('node:fs');

if (process.env.GREENROOM_ROUTE) {
  const route = JSON.parse(process.env.GREENROOM_ROUTE);
  const { Network } = require(route.node);
  const notes = {
    send(message) {
      if (message.type === 'attempt') fs.appendFileSync(route.refused, JSON.stringify(message) + '\n');
    },
  };
  new Network(notes, route).install();
  for (const name of Object.keys(process.env)) {
    if (/^(https?|all)_proxy$/i.test(name)) delete process.env[name]; // for other languages: this program is led already
  }
}
