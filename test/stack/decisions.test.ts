import { Duration, Size } from 'cdk8s';
import { Accelerator, Mesh, Model } from '../../lib';
import { decisionsOf } from '../../lib/stack/decisions';
import { planMesh } from '../../lib/workload/mesh/mesh-plan';
import { planOf } from '../support/plan';

describe('the decisions', () => {
  it('are in the order in which they affect a pod', () => {
    expect(decisionsOf(planOf()).map(({ what, value }) => `${what}: ${value}`)).toEqual([
      'size of the weights: 14.96 GiB',
      'load rate: 100 MiB/s',
      'KV cache of a GPU: 22.26 GiB',
      'KV cache capacity: 182320 tokens',
      'largest context: 131072 tokens',
      'sequences of full length: 1.3',
      'memory margin: 6.26 GiB',
      'CPU request in cores: 6',
      'memory request: 25 GiB',
      'memory limit: 25 GiB',
      'shared memory: 2 GiB',
      'ephemeral storage: 33 GiB',
      'download volume: 19 GiB',
      'time to start: 394 s',
      'startup budget: 600 s',
      'progress deadline: 1355 s',
      'wait before SIGTERM: 15 s',
      'shutdown timeout: 120 s',
      'termination grace period: 155 s',
    ]);
  });

  it('include the drain of a classic sidecar, before the grace period that covers it', () => {
    const plan = planOf();
    const mesh = planMesh(Mesh.istioSidecar({ native: false }), plan.timing);
    expect(decisionsOf(plan, mesh).slice(-2)).toEqual([
      { what: 'drain of the sidecar', value: '135 s', reason: '15 s before SIGTERM, 120 s drain' },
      expect.objectContaining({ what: 'termination grace period', value: '155 s' }),
    ]);
  });

  it('each have a reason', () => {
    expect(decisionsOf(planOf()).filter(({ reason }) => reason.trim() === '')).toEqual([]);
  });

  it('name the property that sets a number', () => {
    const plan = planOf({
      lifecycle: {
        startupBudget: Duration.minutes(15),
        progressDeadline: Duration.minutes(40),
        preStopDelay: Duration.seconds(20),
        drainTimeout: Duration.minutes(5),
        terminationGracePeriod: Duration.minutes(10),
      },
      resources: {
        cpu: 8,
        memory: Size.gibibytes(30),
        memoryLimit: Size.gibibytes(32),
        sharedMemory: Size.gibibytes(4),
        ephemeralStorage: Size.gibibytes(50),
      },
    });
    const said = decisionsOf(plan).filter(({ reason }) => reason.startsWith('set in '));
    expect(said.map(({ value, reason }) => `${value} ${reason}`)).toEqual([
      '8 set in resources.cpu',
      '30 GiB set in resources.memory',
      '32 GiB set in resources.memoryLimit',
      '4 GiB set in resources.sharedMemory',
      '50 GiB set in resources.ephemeralStorage',
      '900 s set in lifecycle.startupBudget',
      '2400 s set in lifecycle.progressDeadline',
      '20 s set in lifecycle.preStopDelay',
      '300 s set in lifecycle.drainTimeout',
      '600 s set in lifecycle.terminationGracePeriod',
    ]);
  });

  it('omit unknown numbers', () => {
    const plan = planOf({ model: Model.of('a/b'), accelerator: Accelerator.resource('amd.com/gpu', 1) });
    expect(decisionsOf(plan).map(({ what }) => what)).not.toContain('size of the weights');
  });
});
