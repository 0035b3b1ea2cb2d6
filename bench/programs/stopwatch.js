const { createHash } = require('node:crypto');
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { performance } = require('node:perf_hooks');
const process = require('node:process');

/** Adds up the time of wrapped functions. None of them may call another one of the same stopwatch. */
class Stopwatch {
  ms = 0;

  wrap(work) {
    const { add } = this;
    return function (...args) {
      const start = performance.now();
      try {
        return work.apply(this, args);
      } finally {
        add(performance.now() - start);
      }
    };
  }

  add = (ms) => {
    this.ms += ms;
  };
}

/** One hash of all files in a folder, to check that two programs print the same bytes. */
function digest(folder) {
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}

/** Prints the figures for the bench as one line of JSON. Reads the memory first, since the digest adds to it. */
function report(figures, outdir) {
  const peakMib = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ ...figures, peakMib, digest: digest(outdir) })}\n`);
}

module.exports = { Stopwatch, report };
