/**
 * Every default number of the library, with its reason. Times are in seconds and sizes in MiB, unless the name has
 * another unit.
 */
export * from './cpu';
export * from './delivery';
export * from './engine';
export * from './gpu-platform';
export * from './inference-pool';
export * from './mesh';
export * from './routing';
export * from './scaling';
export * from './smoke-test';
export * from './watching';
