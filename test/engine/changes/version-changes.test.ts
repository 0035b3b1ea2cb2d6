import type { FlagName } from '../../../lib/engine/catalogue/flag-name';
import { parseRelease } from '../../../lib/engine/release';
import type { StackUse } from '../../../lib/engine/changes/version-changes';
import { versionChanges } from '../../../lib/engine/changes/version-changes';

const NOTHING: StackUse = { flags: [], env: [], metrics: [] };

const changes = (from: string, to: string, use: Partial<StackUse> = {}) =>
  versionChanges(parseRelease(from), parseRelease(to), { ...NOTHING, ...use });

describe('an upgrade', () => {
  it('changes nothing to the same or an older release', () => {
    expect(changes('0.32.0', '0.32.0')).toEqual([]);
    expect(changes('0.32.0', '0.28.0')).toEqual([]);
  });

  it('lists a changed default of a flag that the stack does not set', () => {
    const line = '0.32: the default of --allowed-origins changes from ["*"] to [] (the stack does not set it).';
    expect(changes('0.31.0', '0.32.0')).toContain(line);
  });

  it('lists a changed default of a flag that the stack sets', () => {
    const line =
      '0.20: the default of --gpu-memory-utilization changes from 0.9 to 0.92 (the stack sets its own value).';
    expect(changes('0.19.1', '0.20.0', { flags: ['--gpu-memory-utilization'] })).toContain(line);
  });

  it('lists a deprecated, a removed and a changed flag only if the stack sets it', () => {
    const flags: FlagName[] = ['--log-config-file', '--task', '--enforce-eager', '--spec-method', '--max-lora-rank'];
    const all = changes('0.8.5', '0.33.0', { flags });
    expect(all).toContain('0.31: --log-config-file is deprecated: use --logging-config.pylogging_config_file.');
    expect(all).toContain('0.13: --task is removed: use --runner and --convert.');
    expect(all).toContain('0.9: --enforce-eager accepts no value, or --no- in front; before, it accepted no value.');
    expect(all).toContain('0.11: --max-lora-rank refuses values that are not in its list.');
    const fromFirst = changes('0.32.0', '0.33.0', { flags: ['--spec-method'] });
    expect(fromFirst).toContain('0.33: --spec-method no longer accepts medusa, mlp_speculator.');
    expect(changes('0.8.5', '0.33.0').filter((line) => line.includes('--task is removed'))).toEqual([]);
  });

  it('lists a removed variable', () => {
    expect(changes('0.14.1', '0.15.1', { env: ['VLLM_ATTENTION_BACKEND'] })).toContain(
      '0.15: the variable VLLM_ATTENTION_BACKEND is removed: use --attention-backend.',
    );
    expect(changes('0.31.0', '0.32.0', { env: ['VLLM_ENGINE_ITERATION_TIMEOUT_S'] })).toContain(
      '0.32: the variable VLLM_ENGINE_ITERATION_TIMEOUT_S is removed.',
    );
  });

  it('lists a metric that is deprecated, hidden, removed or has other labels', () => {
    const old = changes('0.8.5', '0.12.0', { metrics: ['vllm:gpu_cache_usage_perc'] });
    expect(old.filter((line) => line.includes('gpu_cache'))).toEqual([
      '0.9: the metric vllm:gpu_cache_usage_perc is deprecated: use vllm:kv_cache_usage_perc.',
      '0.11: the metric vllm:gpu_cache_usage_perc is hidden: use vllm:kv_cache_usage_perc.',
      '0.12: the metric vllm:gpu_cache_usage_perc is removed: use vllm:kv_cache_usage_perc.',
    ]);
    const labels = changes('0.27.1', '0.28.0', { metrics: ['vllm:kv_offload_tiering_lookup_sync_delay_seconds'] });
    expect(labels).toContain(
      '0.28: the metric vllm:kv_offload_tiering_lookup_sync_delay_seconds has the new label tier, so it has more series.',
    );
    const lost = changes('0.17.1', '0.18.1', { metrics: ['vllm:cache_config_info'] });
    expect(lost).toContain(
      '0.18: the metric vllm:cache_config_info no longer has the label swap_space, cpu_offload_gb, cpu_offload_params.',
    );
  });

  it('lists routes that do not need the API key, and routes that need it now', () => {
    expect(changes('0.30.0', '0.31.0')).toContain('0.31: GET /kv_event_sources is new and served without the API key.');
    expect(changes('0.21.0', '0.22.1')).toContain('0.22: POST /v2/rerank needs the API key; before, it did not.');
    expect(changes('0.8.5', '0.33.0').filter((line) => line.includes('/collective_rpc'))).toEqual([]);
  });

  it('lists how the same flags behave differently, where it applies', () => {
    const refused = '0.30: render, derender and /inference/v1 routes answer 403';
    const has = (lines: string[]) => lines.some((line) => line.startsWith(refused));
    expect(has(changes('0.29.0', '0.30.0'))).toBe(true);
    expect(has(changes('0.29.0', '0.30.0', { flags: ['--tokens-only'] }))).toBe(false);
    const keys = '0.32: the keys kv_rank, kv_parallel_size, kv_ip and kv_buffer_size are refused.';
    expect(changes('0.31.0', '0.32.0', { flags: ['--kv-transfer-config'] })).toContain(keys);
    expect(changes('0.31.0', '0.32.0')).not.toContain(keys);
  });

  it('lists changes between patch releases of one minor too', () => {
    expect(changes('0.11.0', '0.11.2', { flags: ['--rope-theta'] })).toContain(
      '0.11: --rope-theta is removed: use --hf-overrides.',
    );
  });

  it('names every minor on the way, oldest first', () => {
    const minors = changes('0.28.0', '0.33.0').map((line) => line.split(':')[0]);
    expect([...new Set(minors)]).toEqual(['0.29', '0.30', '0.31', '0.32', '0.33']);
  });
});
