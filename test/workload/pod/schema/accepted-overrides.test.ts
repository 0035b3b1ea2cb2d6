import { FindingSeverity } from '../../../../lib';
import { findingLine } from '../../../../lib/preflight/finding';
import { ACCEPTED } from '../../../support/accepted-overrides';
import { stackWith, WITH_TOKEN } from '../../../support/stack';

/** Warnings about what Pod Security "restricted" refuses are right for many of them. */
const OTHERS = new Set(['pod-security']);

test.each(ACCEPTED.map(({ title, overrides }) => [title, overrides] as const))(
  'accepts %s',
  (_, podTemplateOverrides) => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { findings } = stackWith({ model: WITH_TOKEN, podTemplateOverrides: podTemplateOverrides as never });
    write.mockRestore();
    const found = findings.filter(({ id, severity }) => severity !== FindingSeverity.NOTICE && !OTHERS.has(id));
    expect(found.map(findingLine)).toEqual([]);
  },
);
