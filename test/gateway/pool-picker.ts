import { mkdirSync, writeFileSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../cluster/free-ports';
import { ServerProcess } from '../cluster/server-process';
import type { Any, WorldApi } from '../world/world-api';
import type { PodProcess, RunningPod } from '../world/kubelet';

/** Flags of ports by the name of the container's port. */
const PORT_FLAGS: Readonly<Record<string, string>> = {
  grpc: '--grpc-port',
  'grpc-health': '--grpc-health-port',
  metrics: '--metrics-port',
};

/** Where a picker finds its program and writes its log. */
export interface PickerFolders {
  readonly assets: string;
  readonly logs: string;
}

/**
 * The pod of an endpoint picker, as its Deployment has it: the program with the arguments of the container, the rights
 * of the ServiceAccount, and the readiness probe. Only the ports of 127.0.0.1 are others.
 *
 * The program is that of Gateway API Inference Extension 1.5, from which llm-d's continues. It knows the same
 * configuration under the name of its own group, and all plugins but the length filter.
 */
export class PoolPicker implements PodProcess {
  public static async start(
    pod: RunningPod['pod'],
    address: string,
    api: WorldApi,
    folders: PickerFolders,
  ): Promise<PoolPicker> {
    const { name, namespace } = pod.metadata;
    const [container] = pod.spec.containers as Any[];
    const ports: readonly Any[] = container.ports;
    const free = await freePorts(ports.length);
    const own = new Map(ports.map((port, at) => [port.name as string, free[at] ?? 0]));
    const folder = join(folders.logs, name);
    mkdirSync(folder);
    const config = join(folder, 'config.yaml');
    writeFileSync(config, await configurationOf(pod, api));
    const token = await api.tokenOf(namespace, pod.spec.serviceAccountName);
    const child = new ServerProcess(
      join(folders.assets, 'epp'),
      argumentsOf(container.args, own, config).map((each) => each.replaceAll('$(NAMESPACE)', namespace)),
      folder,
      { KUBECONFIG: api.writeKubeconfig(join(folder, 'kubeconfig'), token) },
    );
    const forwards = await Promise.all(
      ports.map((port) => forward(address, port.containerPort, own.get(port.name) ?? 0)),
    );
    return new PoolPicker(child, forwards, container.readinessProbe, own.get('grpc-health') ?? 0);
  }

  public ready = false;
  private running = true;

  private constructor(
    private readonly child: ServerProcess,
    private readonly forwards: readonly Server[],
    probe: Any,
    healthPort: number,
  ) {
    void this.watch(probe, healthPort);
  }

  /** Ends the program as a crash does; the pod stays. */
  public async crash(): Promise<void> {
    await this.child.kill();
  }

  public async stop(): Promise<void> {
    this.running = false;
    this.forwards.forEach((each) => each.close());
    await this.child.kill();
  }

  private async watch({ periodSeconds, failureThreshold, grpc }: Any, port: number): Promise<void> {
    let failures = 0;
    while (this.running) {
      const isServing = await serves(port, grpc.service);
      failures = isServing ? 0 : failures + 1;
      if (isServing) this.ready = true;
      else if (failures >= failureThreshold) this.ready = false;
      await sleep(periodSeconds * 1000);
    }
  }
}

/** The file of the ConfigMap that is mounted in the pod. */
async function configurationOf({ metadata, spec }: RunningPod['pod'], api: WorldApi): Promise<string> {
  const [{ configMap }] = spec.volumes.filter((each: Any) => each.configMap);
  const { data } = await api.get(`/api/v1/namespaces/${metadata.namespace}/configmaps/${configMap.name}`);
  const [file = ''] = Object.values<string>(data);
  return file.replace('apiVersion: llm-d.ai/', 'apiVersion: inference.networking.x-k8s.io/');
}

function argumentsOf(args: readonly string[], ports: ReadonlyMap<string, number>, config: string): string[] {
  const flags = new Map([...ports].map(([name, port]) => [PORT_FLAGS[name], port]));
  return args.map((each) => {
    const [flag = ''] = each.split('=');
    if (flag === '--config-file') return `${flag}=${config}`;
    const port = flags.get(flag);
    return port === undefined ? each : `${flag}=${port}`;
  });
}

/** Connections to a port of a pod reach a port of 127.0.0.1. */
function forward(address: string, port: number, target: number): Promise<Server> {
  // Without a delay: small messages would wait 40 ms for an acknowledgement.
  const server = createServer({ noDelay: true }, (socket) => {
    const there = connect({ port: target, host: '127.0.0.1', noDelay: true });
    const end = () => {
      socket.destroy();
      there.destroy();
    };
    socket.once('error', end).once('close', end).pipe(there);
    there.once('error', end).once('close', end).pipe(socket);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, address, () => resolve(server));
  });
}

const PROBE_TIMEOUT_MS = 1000;

/** The answer `SERVING` of the gRPC health protocol: field 1 of the message is 1. */
const SERVING = Buffer.from([0, 0, 0, 0, 2, 8, 1]);

/** A gRPC probe, as the kubelet makes it. */
function serves(port: number, service: string): Promise<boolean> {
  const name = Buffer.from(service);
  const message = Buffer.concat([Buffer.from([10, name.length]), name]);
  const frame = Buffer.concat([Buffer.from([0, 0, 0, 0, message.length]), message]);
  return new Promise((resolve) => {
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    const end = (serving: boolean) => {
      session.destroy();
      resolve(serving);
    };
    session.once('error', () => end(false)).setTimeout(PROBE_TIMEOUT_MS, () => end(false));
    const stream = session.request({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Check',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.once('error', () => end(false)).once('end', () => end(Buffer.concat(chunks).equals(SERVING)));
    stream.end(frame);
  });
}
