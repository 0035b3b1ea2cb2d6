import { printWarnings, unacknowledged } from '../../lib/preflight/acknowledgements';
import { error, findingLine, notice, warning } from '../../lib/preflight/finding';

const failure = error('wrong-value', 'a', 'is wrong', 'fix it');
const surprise = warning('cpu-limit', 'b', 'is odd', 'look at it');
const remark = notice('revision-open', 'c', 'is so', 'know it');

function printed(...findings: Parameters<typeof printWarnings>[1]): string[] {
  const lines: string[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  printWarnings('chart/Stack', findings);
  write.mockRestore();
  return lines;
}

describe('an acknowledgement', () => {
  it('removes its finding', () => {
    expect(unacknowledged([surprise, remark], { 'cpu-limit': 'we know', 'revision-open': 'we know' })).toEqual([]);
  });

  it('keeps the others', () => {
    expect(unacknowledged([surprise, remark], { 'cpu-limit': 'we know' })).toEqual([remark]);
  });

  it('does not match what every object inherits', () => {
    const inherited = { ...surprise, id: 'toString' };
    expect(unacknowledged([inherited], {})).toEqual([inherited]);
  });

  it('removes all findings of its id', () => {
    expect(unacknowledged([surprise, { ...surprise, subject: 'd' }], { 'cpu-limit': 'we know' })).toEqual([]);
  });

  it('does not silence an error', () => {
    const [refusal] = unacknowledged([failure], { 'wrong-value': 'we hope' });
    expect(refusal).toEqual({ ...failure, fix: `${failure.fix} (an error cannot be acknowledged)` });
  });

  it('without a finding is a warning itself', () => {
    expect(unacknowledged([surprise], { 'mig-single': 'long ago' }).map(findingLine)).toEqual([
      findingLine(surprise),
      'acknowledge.mig-single: this finding is no longer reported; remove it [stale-acknowledgement]',
    ]);
  });

  it('of an id that is almost that of an open finding suggests it', () => {
    expect(unacknowledged([surprise, failure], { 'cpu-limt': 'we know' }).map(findingLine)).toContain(
      'acknowledge.cpu-limt: unknown finding id (did you mean "cpu-limit"?); correct the id or remove it [stale-acknowledgement]',
    );
  });

  it('of an unknown id must be corrected', () => {
    expect(unacknowledged([surprise], { nonsense: 'we know' }).map(findingLine)).toContain(
      'acknowledge.nonsense: unknown finding id; correct the id or remove it [stale-acknowledgement]',
    );
  });

  it('of an id with a version is known by its pattern', () => {
    expect(unacknowledged([], { 'vllm-0.31.0-changes': 'we know' }).map(findingLine)).toEqual([
      'acknowledge.vllm-0.31.0-changes: this finding is no longer reported; remove it [stale-acknowledgement]',
    ]);
  });

  it('never suggests an error, or what is acknowledged already', () => {
    const lines = unacknowledged([surprise, failure], { 'cpu-limt': 'a', 'cpu-limit': 'b', 'wrong-valu': 'c' }).map(
      findingLine,
    );
    expect(lines.join()).not.toContain('did you mean');
  });
});

describe('printing', () => {
  it('writes a warning to standard error, with the path of the construct', () => {
    expect(printed(surprise)).toEqual(['cdk8s-vllm: warning at chart/Stack: b: is odd; look at it [cpu-limit]\n']);
  });

  it('skips errors and notices', () => {
    expect(printed(failure, remark)).toEqual([]);
  });

  it('skips acknowledged warnings', () => {
    expect(printed(...unacknowledged([surprise], { 'cpu-limit': 'we know' }))).toEqual([]);
  });

  it('writes nothing to standard output, which belongs to the YAML', () => {
    const write = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
    printed(surprise);
    const { calls } = write.mock;
    write.mockRestore();
    expect(calls).toEqual([]);
  });
});
