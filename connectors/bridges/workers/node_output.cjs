/* Which lines of the connector's own print what, read off the stack as it happens.
 *
 * console.log and its like, and loggers, write to process.stdout and process.stderr.
 */
'use strict';

const MOST = 200; // lines of output of one call that are told: a flood is not slowed down for long
const LONGEST = 200; // characters of a line that are told

/** Sends a note for each line that is printed, with the connector's own lines that print it. */
class Output {
  constructor(notes, lines) {
    this.notes = notes;
    this.lines = lines;
    this.begin();
  }

  begin() {
    this.left = MOST;
  }

  install() {
    for (const name of ['stdout', 'stderr']) this.watch(name, process[name]);
  }

  watch(name, stream) {
    const output = this;
    const original = stream.write;
    stream.write = function write(chunk, ...rest) {
      if (output.left > 0) output.printed(name, chunk);
      return original.call(this, chunk, ...rest);
    };
    Object.defineProperty(stream.write, 'length', { value: original.length });
  }

  printed(stream, chunk) {
    const [text] = typeof chunk === 'string' ? chunk.slice(0, LONGEST).split('\n') : [''];
    const whence = text.trim() ? this.lines.printing() : {};
    if (!whence.at) return;
    this.left -= 1;
    this.notes.send({ type: 'printed', stream, text, ...whence });
  }
}

module.exports = { Output };
