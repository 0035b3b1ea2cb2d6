/** Judges every object with a real kube-apiserver. Needs KUBEBUILDER_ASSETS; see test/cluster. */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/cluster/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
};
