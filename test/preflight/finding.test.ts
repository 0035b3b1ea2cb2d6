import { error, findingLine, notice, throwOnErrors, warning } from '../../lib/preflight/finding';

const wrong = error('wrong-value', 'name', 'is 5', 'give a name');
const late = error('grace-period-too-short', 'lifecycle', 'is late', 'be early');

describe('a finding', () => {
  it('is one line: subject, problem, fix and the id to acknowledge it by', () => {
    expect(findingLine(wrong)).toBe('name: is 5; give a name [wrong-value]');
  });

  it('has a line more for each detail', () => {
    expect(findingLine({ ...wrong, details: ['a', 'b'] })).toBe(
      'name: is 5; give a name [wrong-value]\n      a\n      b',
    );
  });
});

it('prints no line break and no secret of a detail', () => {
  const details = [`a\nb hf_${'x'.repeat(30)}`];
  expect(findingLine({ ...wrong, details })).toMatch(/\n {6}a\\u000ab <a secret that is not printed>$/);
});

describe('findings', () => {
  it('refuses a single error', () => {
    expect(() => throwOnErrors('Model.of', [wrong])).toThrow(
      'Model.of has 1 problem:\n  - name: is 5; give a name [wrong-value]',
    );
  });

  it('refuses all errors together', () => {
    expect(() => throwOnErrors('Stack', [wrong, late])).toThrow(
      'Stack has 2 problems:\n  - name: is 5; give a name [wrong-value]\n  - lifecycle: is late; be early [grace-period-too-short]',
    );
  });

  it('has no warnings and notices in the error', () => {
    const findings = [warning('cpu-limit', 's', 'p', 'f'), wrong, notice('revision-open', 's', 'p', 'f')];
    expect(() => throwOnErrors('Stack', findings)).toThrow(/^Stack has 1 problem:\n.*\[wrong-value\]$/);
  });

  it.each([
    ['the list is empty', []],
    ['all are warnings and notices', [warning('cpu-limit', 's', 'p', 'f'), notice('revision-open', 's', 'p', 'f')]],
  ])('do not throw when %s', (_, findings) => {
    expect(() => throwOnErrors('Stack', findings)).not.toThrow();
  });
});
