import { argumentFindings, argumentLines } from '../../support/arguments';

const ids = (...args: string[]) => argumentFindings('0.32.0', ...args).map(({ id }) => id);

describe('a Python object by its name', () => {
  it.each([
    ['a path', '--middleware=/plugins/auth.py'],
    ['a file', '--middleware=auth.py:Auth'],
    ['a relative path', '--middleware=./auth.py'],
    ['a module alone', '--middleware=auth'],
  ])('refuses %s', (_, argument) => {
    expect(ids(argument)).toEqual(['unknown-choice']);
  });

  it('refuses it with the form to give', () => {
    expect(argumentLines('0.32.0', '--middleware=/plugins/auth.py')).toEqual([
      '--middleware is "/plugins/auth.py"; give a Python class with its module, for example "package.module.Class" [unknown-choice]',
    ]);
  });

  it.each([
    ['a class', '--middleware=starlette.middleware.gzip.GZipMiddleware'],
    ['a function', '--middleware=auth.check'],
  ])('accepts %s', (_, argument) => {
    expect(ids(argument)).toEqual([]);
  });
});
