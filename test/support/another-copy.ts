import type * as library from '../../lib';

/** A second copy of the library, as a second installation would load it: its classes are not ours. */
export function anotherCopy(): typeof library {
  let copy: typeof library | undefined;
  jest.isolateModules(() => {
    copy = jest.requireActual<typeof library>('../../lib');
  });
  if (copy === undefined) throw new Error('the library was not loaded');
  return copy;
}
