/** Runs every PromQL query with Prometheus' own promtool. Needs PROMTOOL; see test/promtool. */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/promtool/**/*.promtool.ts', '<rootDir>/test/promtool/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/promtool/global-setup.ts',
  testTimeout: 60_000,
};
