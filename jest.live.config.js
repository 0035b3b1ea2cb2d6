/** Delivers new versions under load, with real controllers and a real data plane. Started by test/live/run.ts. */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/live/*.live.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 180_000,
  // Each program ends with the namespace: a connection that is left open must not keep it.
  forceExit: true,
};
