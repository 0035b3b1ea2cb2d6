import type { App } from 'cdk8s';
import { Chart } from 'cdk8s';
import { FailureMode, InferencePool } from '../../lib';
import { membersWith, messageOf, poolOf } from '../support/pool';

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const synth = (stacks: ReturnType<typeof membersWith>): string => {
  const [first] = stacks;
  if (first === undefined) throw new Error('no stack');
  return (Chart.of(first).node.root as App).synthYaml();
};

describe('an app with members of a pool', () => {
  test('is written when each one is in one pool', () => {
    const stacks = membersWith({}, {});
    poolOf(stacks);
    expect(synth(stacks)).toContain('kind: InferencePool');
  });

  test('is written without pools when no stack is a member', () => {
    expect(synth(membersWith({ inferencePool: undefined }))).not.toContain('InferencePool');
  });

  test('fails when the app has no pool', () => {
    const message = messageOf(() => synth(membersWith({})));
    expect(message).toContain('VllmInferenceStack test/short is a member of the pool "chat", and no InferencePool');
  });

  test('fails when the pool lacks one of its members, whose pods it would select all the same', () => {
    const stacks = membersWith({}, {});
    poolOf(stacks.slice(0, 1));
    const message = messageOf(() => synth(stacks));
    expect(message).toContain('VllmInferenceStack test/long is a member of the pool "chat"');
    expect(message).not.toContain('test/short is');
  });

  test('fails when a stack is in two pools', () => {
    const stacks = membersWith({});
    poolOf(stacks);
    const [first] = stacks;
    if (first === undefined) throw new Error('no stack');
    new InferencePool(Chart.of(first), 'Second', { stacks, failureMode: FailureMode.FAIL_OPEN });
    expect(messageOf(() => synth(stacks))).toContain('is in the stacks of 2 InferencePools (test/Pool, test/Second)');
  });
});
