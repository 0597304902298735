#!/usr/bin/env node
'use strict';

const { GreenroomError } = require('../lib/errors.js');
const { pythonSide } = require('../lib/python.js');
const { become } = require('../lib/run.js');

process.env.GREENROOM_CALLED_AS = 'npx greenroom'; // the commands that it shows begin so

async function main() {
  try {
    await become([...pythonSide(), ...process.argv.slice(2)]);
  } catch (error) {
    const known = error instanceof GreenroomError || error.code;
    process.stderr.write(`greenroom: ${known ? error.message : error.stack}\n`);
    process.exitCode = 2;
  }
}

main();
