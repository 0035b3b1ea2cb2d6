import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** The port of the engine's container. */
const PORT = 8000;

/** Who a pod is. */
export type NameOf = (address: string) => string | undefined;

/**
 * All pods of engines as one server, since every address of the pod network is this machine's. A pod answers with its
 * name, streams if asked to, and has metrics.
 */
export class PoolEngines {
  /** Waiting requests by pod, for its metrics. */
  public readonly waiting = new Map<string, number>();
  private readonly server: Server;

  public constructor(private readonly nameOf: NameOf) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  public listen(): Promise<void> {
    return new Promise((resolve) => this.server.listen(PORT, '0.0.0.0', 1024, resolve));
  }

  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pod = this.nameOf(request.socket.localAddress ?? '');
    if (pod === undefined) return void request.socket.destroy();
    if (request.url === '/metrics') return void response.end(this.metricsOf(pod));
    const body = await text(request);
    const { stream } = (body === '' ? {} : JSON.parse(body)) as { stream?: boolean };
    if (!stream) return void response.setHeader('content-type', 'application/json').end(JSON.stringify({ pod }));
    response.setHeader('content-type', 'text/event-stream');
    for (let event = 0; event < 5; event++) {
      response.write(`data: {"event":${event},"pod":"${pod}"}\n\n`);
      await sleep(200);
    }
    response.end('data: [DONE]\n\n');
  }

  /** What an endpoint picker reads of vLLM. */
  private metricsOf(pod: string): string {
    const labels = '{engine="0",model_name="llama"}';
    return [
      `# TYPE vllm:num_requests_waiting gauge\nvllm:num_requests_waiting${labels} ${this.waiting.get(pod) ?? 0}`,
      `# TYPE vllm:num_requests_running gauge\nvllm:num_requests_running${labels} 0`,
      `# TYPE vllm:kv_cache_usage_perc gauge\nvllm:kv_cache_usage_perc${labels} 0.1`,
      '# TYPE vllm:cache_config_info gauge\nvllm:cache_config_info{block_size="16",num_gpu_blocks="1000"} 1',
      '',
    ].join('\n');
  }
}
