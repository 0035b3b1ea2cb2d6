import { VllmVersion } from '../../../lib';
import type { FlagName } from '../../../lib/engine/catalogue/flag-name';
import { upgradeFindings } from '../../../lib/engine/changes/upgrade-findings';
import { FindingSeverity } from '../../../lib/preflight/finding';
import { planOf } from '../../support/plan';

const upgrade = (version: VllmVersion, flags: FlagName[] = [], env: string[] = [], metrics: string[] = []) =>
  upgradeFindings(version._release, version._upgradingFrom, { flags, env, metrics });

describe('an upgrade', () => {
  it('is a notice of what changed since the minor before, under an id with the version', () => {
    const [finding] = upgrade(VllmVersion.of('0.32.0'));
    expect(finding).toMatchObject({
      id: 'vllm-0.32.0-changes',
      severity: FindingSeverity.NOTICE,
      subject: 'vllmVersion',
      problem: 'vLLM 0.32.0 differs from 0.31.0 for this stack',
    });
    expect(finding?.details).toContain(
      '0.32: CORS is closed: browser clients are refused (the stack does not set --allowed-origins).',
    );
  });

  it('lists only what the stack uses', () => {
    const details = upgrade(VllmVersion.of('0.32.0'), ['--allowed-origins']).flatMap((finding) => finding.details);
    expect(details.filter((line) => line?.includes('CORS'))).toEqual([]);
  });

  it('warns about what changed since the version that runs today', () => {
    const version = VllmVersion.of('0.32.0', { upgradingFrom: '0.22.1' });
    const [finding] = upgrade(version, [], ['VLLM_RPC_TIMEOUT']);
    expect(finding?.severity).toBe(FindingSeverity.WARNING);
    expect(finding?.problem).toBe('vLLM 0.32.0 differs from 0.22.1 for this stack');
    expect(finding?.details).toContain('0.23: the variable VLLM_RPC_TIMEOUT is removed.');
  });

  it('has nothing to compare the oldest known version with', () => {
    expect(upgrade(VllmVersion.of('0.8.5'))).toEqual([]);
  });
});

describe('the plan', () => {
  const changesOf = (props: Parameters<typeof planOf>[0]) =>
    planOf(props).findings.filter(({ id }) => id.endsWith('-changes'));

  it('lists an upgrade only where a version is pinned', () => {
    expect(changesOf({})).toEqual([]);
    expect(changesOf({ vllmVersion: VllmVersion.of('0.32.0') }).map(({ id }) => id)).toEqual(['vllm-0.32.0-changes']);
  });

  it('knows that the library decides about the shutdown timeout', () => {
    const [finding] = changesOf({ vllmVersion: VllmVersion.of('0.20.0', { upgradingFrom: '0.17.1' }) });
    expect(finding?.details?.filter((line) => line.includes('--shutdown-timeout'))).toEqual([]);
    const [next] = changesOf({ vllmVersion: VllmVersion.of('0.28.0') });
    expect(next?.details).toContain(
      '0.28: the signal handlers of uvicorn no longer race with the drain of --shutdown-timeout.',
    );
  });
});
