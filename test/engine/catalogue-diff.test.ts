import { Catalogue } from '../../lib/engine/catalogue/catalogue';
import { parseRelease } from '../../lib/engine/release';
import {
  diffFlags,
  diffMetrics,
  diffNames,
  parseEnvs,
  parseHelp,
  parseMetrics,
  parseOpenApi,
} from '../../scripts/catalogue-diff';

const HELP = `usage: vllm serve [model_tag] [options]

options:
  --headless            Run in headless mode. (default: False)
  -h, --help            show this help message and exit

ModelConfig:
  Model configuration.

  --seed SEED           Random seed for
                        reproducibility. (default: 7)
  --scheduling-policy {fcfs,lottery}
                        The policy (see the manual). (default: fcfs)
  --served-model-name SERVED_MODEL_NAME [SERVED_MODEL_NAME ...]
                        The names. (default: None)
  --hf-token [HF_TOKEN]
                        The token. (default: None)
  --tensor-parallel-size TENSOR_PARALLEL_SIZE, -tp TENSOR_PARALLEL_SIZE
                        Number of groups. (default: 1)
  --enable-teleport, --no-enable-teleport
                        Moves requests. (default: False)
  --teleport-backend {warp,beam}
                        How. (default: warp)
  --attention-config ATTENTION_CONFIG, -ac ATTENTION_CONFIG
                        Attention. (default: AttentionConfig(backend=None))
`;

const METRICS = `# HELP python_info Python platform information
# TYPE python_info gauge
python_info{version="3.12"} 1.0
# TYPE vllm:num_requests_running gauge
vllm:num_requests_running{engine="0",model_name="m",shard="1"} 0.0
# TYPE vllm:teleports_total counter
vllm:teleports_total{engine="0",model_name="m"} 0.0
# TYPE vllm:teleports_created gauge
vllm:teleports_created{engine="0",model_name="m"} 1.7e+09
# TYPE vllm:time_to_first_token_seconds histogram
vllm:time_to_first_token_seconds_bucket{engine="0",le="0.001",model_name="m"} 0.0
vllm:time_to_first_token_seconds_sum{engine="0",model_name="m"} 0.0
`;

const known = Catalogue.of(parseRelease('0.33.0'));

describe('the comparison with a new release', () => {
  it('reads the flags of the help text', () => {
    expect(parseHelp(HELP)).toEqual([
      { name: '--headless', kind: 'flag', choices: [], default: false },
      { name: '--seed', kind: 'value', choices: [], default: 7 },
      { name: '--scheduling-policy', kind: 'value', choices: ['fcfs', 'lottery'], default: 'fcfs' },
      { name: '--served-model-name', kind: 'list', choices: [], default: null },
      { name: '--hf-token', kind: 'optional-value', choices: [], default: null },
      { name: '--tensor-parallel-size', kind: 'value', choices: [], default: 1 },
      { name: '--enable-teleport', kind: 'bool', choices: [], default: false },
      { name: '--teleport-backend', kind: 'value', choices: ['warp', 'beam'], default: 'warp' },
      { name: '--attention-config', kind: 'value', choices: [] },
    ]);
  });

  it('prints new, changed and missing flags', () => {
    const lines = diffFlags('0.34', known, parseHelp(HELP));
    expect(lines.slice(0, 5)).toEqual([
      "default: --seed is now 7 (before: { '0.34': { default: 0 } })",
      "choices: --scheduling-policy adds '0.34..': 'lottery'",
      "choices: --scheduling-policy ends '..0.34': 'priority'",
      "new: { name: '--enable-teleport', in: '0.34..', kind: 'bool', default: false },",
      "new: { name: '--teleport-backend', in: '0.34..', kind: 'value', type: 'str', choices: 'warp beam', closed: true, default: 'warp' },",
    ]);
    expect(lines).toContain("gone: --max-model-len (in: '..0.34')");
  });

  it('prints new, relabelled and missing metrics', () => {
    const lines = diffMetrics('0.34', known, parseMetrics(METRICS));
    expect(lines.slice(0, 2)).toEqual([
      "labels: vllm:num_requests_running are now 'engine model_name shard'; before, 'engine model_name'",
      "new: { name: 'vllm:teleports_total', in: '0.34..', type: 'counter', labels: 'engine model_name' },",
    ]);
    expect(lines).toContain("gone: vllm:num_requests_waiting (in: '..0.34')");
    expect(lines.join()).not.toContain('hisparse');
  });

  it('prints new and missing routes and variables', () => {
    const routes = parseOpenApi('{"paths": {"/health": {"get": {}}, "/teleport": {"post": {}}}}');
    expect(diffNames('0.34', ['GET /health', 'GET /version'], ['GET /version'], routes)).toEqual([
      "new: POST /teleport (in: '0.34..')",
      "gone: GET /version (in: '..0.34')",
    ]);
    expect(parseEnvs('x = {\n    "VLLM_A":\n    lambda: 1,\n    "VLLM_B": lambda: 2,\n}\n')).toEqual([
      'VLLM_A',
      'VLLM_B',
    ]);
  });
});
