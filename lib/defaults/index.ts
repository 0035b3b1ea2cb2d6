/**
 * Every default number of the library, with its reason. Times are in seconds, sizes in MiB, unless the name says else.
 */
export * from './engine';
export * from './gpu-platform';
export * from './scaling';
export * from './watching';
