/** Sends requests through a real Envoy Gateway. Started by test/gateway/run.ts, which needs LIVE_ROUTING. */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/gateway/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/gateway/global-setup.ts',
  globalTeardown: '<rootDir>/test/gateway/global-teardown.ts',
  testTimeout: 90_000,
  // Streams take a minute, in which the other files run.
  maxWorkers: 2,
};
