import { writeFileSync, appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { versionOf, type Behaviour, VERSION } from './engine-pod';
import { type LiveWorld, startLiveWorld } from './live-world';
import { podCount, Recorder, timeline } from './recorder';
import { Traffic } from './traffic';

const namespace = 'llm';
let world: LiveWorld;
beforeAll(async () => { const t = performance.now(); world = await startLiveWorld([namespace]); process.stdout.write(`world ${(performance.now() - t) / 1000}\n`); });
afterAll(() => world?.stop());

function manifests(name: string, version: string, opts: any): object[] {
  const labels = { app: name };
  const svc = (n: string) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: n, namespace }, spec: { selector: labels, ports: [{ name: 'http', port: 8000, targetPort: 'http' }] } });
  const pause = { pause: { duration: opts.pause ?? '4s' } };
  return [
    svc(`${name}-svc`), svc(`${name}-canary`),
    { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: `${name}-route`, namespace }, spec: { hosts: [`${name}.test`], gateways: ['gateways/edge'], http: [{ name: 'r', route: [{ destination: { host: `${name}-svc` }, weight: 100 }, { destination: { host: `${name}-canary` }, weight: 0 }] }] } },
    { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name, namespace }, spec: {
      replicas: 4, revisionHistoryLimit: 2, minReadySeconds: opts.minReadySeconds ?? 0, progressDeadlineSeconds: 60, progressDeadlineAbort: true, selector: { matchLabels: labels },
      strategy: { canary: { stableService: `${name}-svc`, canaryService: `${name}-canary`, maxSurge: 1, maxUnavailable: 0, trafficRouting: { istio: { virtualService: { name: `${name}-route` } } },
        ...(opts.dynamic ? { dynamicStableScale: true } : { scaleDownDelaySeconds: opts.delay ?? 10 }), abortScaleDownDelaySeconds: 10,
        steps: [{ setCanaryScale: { replicas: 1 } }, { setWeight: 5 }, pause, { setCanaryScale: { matchTrafficWeight: true } }, { setWeight: 25 }, pause, { setWeight: 50 }, opts.hold ? { pause: {} } : pause] } },
      template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 30, containers: [{ name: 'vllm', image: 'vllm', env: [{ name: VERSION, value: version }], ports: [{ name: 'http', containerPort: 8000 }], lifecycle: { preStop: { exec: { command: ['sleep', `${opts.preStop ?? 3}`] } } } }] } },
    } },
  ];
}
const get = (name: string) => world.api.get(`/apis/argoproj.io/v1alpha1/namespaces/${namespace}/rollouts/${name}`);

async function run(name: string, opts: any, body: (r: Recorder, deploy: (v: string) => Promise<void>) => Promise<void>): Promise<void> {
  const b: Behaviour = { load: opts.load ?? 2, latency: 5 };
  const deploy = (v: string) => world.apply(manifests(name, versionOf(v, b), opts).slice(v === 'v1' ? 0 : 3));
  await deploy('v1');
  await world.until('healthy', async () => (await get(name)).status?.phase === 'Healthy');
  await sleep(500);
  const traffic = new Traffic(`${name}.test`, opts.clients ?? 6);
  await sleep(1000);
  const rec = new Recorder(world, { namespace, rollout: name, virtualService: `${name}-route`, canary: `${name}-canary` }, traffic);
  await deploy('v2');
  await body(rec, deploy);
  const rows = await rec.stop();
  const counts = await traffic.stop();
  const text = timeline(rows);
  const max = Math.max(...rows.map(podCount));
  const maxHold = Math.max(...rows.map((r) => Object.values(r.pods).reduce((s, p) => s + p.ready + p.loading, 0)));
  const summary = `${name} ${JSON.stringify(opts)}: total ${counts.total}, lost ${counts.lost.length}, max pods ${max} (without ending ${maxHold}), lost: ${JSON.stringify(counts.lost.slice(0, 8))}`;
  process.stdout.write(`\n### ${summary}\n${text}\n`);
  writeFileSync(`/tmp/helpers/timelines/measure-${name}.txt`, `${summary}\n${text}\n`);
  appendFileSync('/tmp/live-summary.txt', `${summary}\n`);
  await world.remove(manifests(name, 'x', opts).slice(3));
  await world.until('gone', async () => world.kubelet.podsOf(namespace).length === 0);
}
const settled = (name: string) => async () => { const r = await get(name); return r.status?.phase === 'Healthy' && r.status.stableRS === r.status.currentPodHash && world.kubelet.podsOf(namespace).length === 4 && world.kubelet.podsOf(namespace).every((p) => JSON.stringify(p.pod.spec).includes('v2')); };

for (const dynamic of [true, false]) {
  for (const n of [1, 2, 3]) {
    test(`promotion dynamic ${dynamic} ${n}`, async () => {
      const name = `promote-${dynamic ? 'dyn' : 'full'}-${n}`;
      await run(name, { dynamic, pause: '4s' }, async () => {
        await world.until('promoted', settled(name));
        await sleep(1000);
      });
    }, 180_000);
  }
}
for (const dynamic of [true, false]) {
  for (const n of [1, 2]) {
    test(`abort dynamic ${dynamic} ${n}`, async () => {
      const name = `abort-${dynamic ? 'dyn' : 'full'}-${n}`;
      await run(name, { dynamic, load: 3, pause: '2s', hold: true }, async (rec) => {
        await world.until('at 50', async () => { const s = (await get(name)).status; return s?.currentStepIndex === 7 && rec.rows.at(-1)?.weight === 50; });
        await sleep(4000);
        const t = rec.now();
        await world.api.merge(`/apis/argoproj.io/v1alpha1/namespaces/${namespace}/rollouts/${name}/status`, { status: { abort: true } });
        await world.until('weight 0', async () => rec.rows.at(-1)?.weight === 0);
        process.stdout.write(`\n${name}: aborted at ${t.toFixed(1)}, weight 0 after ${(rec.now() - t).toFixed(2)} s\n`);
        appendFileSync('/tmp/live-summary.txt', `${name}: aborted at ${t.toFixed(1)}, weight 0 after ${(rec.now() - t).toFixed(2)} s\n`);
        await sleep(16000);
      });
    }, 180_000);
  }
}
