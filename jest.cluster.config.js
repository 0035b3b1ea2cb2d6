/** Judges every object with a real kube-apiserver. Needs KUBEBUILDER_ASSETS and CRD_DIR; see test/cluster. */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/cluster/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/cluster/global-setup.ts',
  globalTeardown: '<rootDir>/test/cluster/global-teardown.ts',
  testTimeout: 120_000,
};
