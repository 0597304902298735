/* Failures that a user can mend: one sentence, exit code 2. */
'use strict';

class GreenroomError extends Error {
  constructor(message) {
    super(message);
    this.name = 'GreenroomError';
  }
}

module.exports = { GreenroomError };
