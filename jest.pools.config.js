/** Sends requests through InferencePools, with a real Istio, Envoy and endpoint picker. Started by test/gateway/pool-run.ts. */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/gateway/pool-*.live.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
};
