import { printWarnings, unacknowledged } from '../../lib/preflight/acknowledgements';
import { error, findingLine, notice, warning } from '../../lib/preflight/finding';

const failure = error('failure', 'a', 'is wrong', 'fix it');
const surprise = warning('surprise', 'b', 'is odd', 'look at it');
const remark = notice('remark', 'c', 'is so', 'know it');

function printed(...findings: Parameters<typeof printWarnings>[1]): string[] {
  const lines: string[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  printWarnings('chart/Stack', findings);
  write.mockRestore();
  return lines;
}

describe('an acknowledgement', () => {
  it('takes its finding away', () => {
    expect(unacknowledged([surprise, remark], { surprise: 'we know', remark: 'we know' })).toEqual([]);
  });

  it('leaves the others', () => {
    expect(unacknowledged([surprise, remark], { surprise: 'we know' })).toEqual([remark]);
  });

  it('is not what every object inherits', () => {
    const inherited = { ...surprise, id: 'toString' };
    expect(unacknowledged([inherited], {})).toEqual([inherited]);
  });

  it('takes all findings of its id away', () => {
    expect(unacknowledged([surprise, { ...surprise, subject: 'd' }], { surprise: 'we know' })).toEqual([]);
  });

  it('does not silence an error', () => {
    const [refusal] = unacknowledged([failure], { failure: 'we hope' });
    expect(refusal).toEqual({ ...failure, fix: `${failure.fix} (an error cannot be acknowledged)` });
  });

  it('that has nothing to do is a warning itself', () => {
    expect(unacknowledged([surprise], { gone: 'long ago' }).map(findingLine)).toEqual([
      findingLine(surprise),
      'acknowledge.gone: there is no such finding any more; remove it [stale-acknowledgement]',
    ]);
  });

  it('of an id that is almost that of an open finding says which', () => {
    expect(unacknowledged([surprise, failure], { suprise: 'we know' }).map(findingLine)).toContain(
      'acknowledge.suprise: there is no such finding (did you mean "surprise"?); correct the id or remove it [stale-acknowledgement]',
    );
  });

  it('is never said to mean an error, or what is acknowledged already', () => {
    const lines = unacknowledged([surprise, failure], { suprise: 'a', surprise: 'b', failur: 'c' }).map(findingLine);
    expect(lines.join()).not.toContain('did you mean');
  });
});

describe('printing', () => {
  it('writes a warning to standard error, with the path of the construct', () => {
    expect(printed(surprise)).toEqual(['cdk8s-vllm: warning at chart/Stack: b: is odd; look at it [surprise]\n']);
  });

  it('leaves errors and notices out', () => {
    expect(printed(failure, remark)).toEqual([]);
  });

  it('leaves acknowledged warnings out', () => {
    expect(printed(...unacknowledged([surprise], { surprise: 'we know' }))).toEqual([]);
  });

  it('writes nothing to standard output, which belongs to the YAML', () => {
    const write = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
    printed(surprise);
    const { calls } = write.mock;
    write.mockRestore();
    expect(calls).toEqual([]);
  });
});
