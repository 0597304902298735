/* Greenroom's preload for Node programs and threads: leads the CRM's hosts to the fake one. */
'use strict';

const path = require('node:path');

const { fileNotes, routeOfThread } = require(path.join(__dirname, '..', 'node_descendants.cjs'));
const { redirect } = require(path.join(__dirname, '..', 'node_network.cjs'));

const { child, ...route } = process.env.GREENROOM_ROUTE ? JSON.parse(process.env.GREENROOM_ROUTE) : (routeOfThread() ?? {});
if (route.hosts) {
  const notes = fileNotes(route);
  if (child) notes.send({ type: 'led', child });
  process.execArgv = process.execArgv.filter((flag, place, all) => flag !== __filename && all[place + 1] !== __filename);
  redirect(notes, { ...route, descendants: route });
}
