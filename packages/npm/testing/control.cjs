/* A client of a fake's control API. It asks through node:http, so that a test may fake fetch. */
'use strict';

const http = require('node:http');

const { GreenroomError } = require('../lib/errors.js');

/** Send a request and return its JSON response, or undefined where there is none. */
function ask(address, method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const request = http.request(address + path, { method, headers, agent: false }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => settle(response.statusCode, Buffer.concat(parts).toString(), resolve, reject));
    });
    request.on('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function settle(status, text, resolve, reject) {
  const found = text ? JSON.parse(text) : undefined;
  if (status < 400) resolve(found);
  else reject(new GreenroomError(found?.error ?? `the control API responded with ${status}`));
}

module.exports = { ask };
