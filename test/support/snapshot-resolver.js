const path = require('node:path');

const root = path.join(__dirname, '../..');
const snapshots = path.join(root, '__snapshots__');

/** All snapshots are in one folder at the top, so that a review shows them side by side. */
module.exports = {
  resolveSnapshotPath: (testPath, extension) => path.join(snapshots, path.relative(root, testPath)) + extension,
  resolveTestPath: (snapshotPath, extension) =>
    path.join(root, path.relative(snapshots, snapshotPath)).slice(0, -extension.length),
  testPathForConsistencyCheck: path.join(root, 'test/some.test.ts'),
};
