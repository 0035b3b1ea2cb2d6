import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServerProcess } from '../cluster/server-process';
import type { ControlPlane } from '../world/control-plane';
import { PORTS, PROMETHEUS } from './ports';
import { scrapeConfigs } from './scrape-configs';

/** One element of a result. */
export interface Element {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A Prometheus that scrapes the pods of PodMonitors, and the controller of Argo Rollouts. */
export class Prometheus {
  public static async start(assets: string, plane: ControlPlane): Promise<Prometheus> {
    const prometheus = new Prometheus(plane);
    prometheus.configure([]);
    const args = [
      ...[`--config.file=${prometheus.file}`, `--storage.tsdb.path=${join(plane.logs, 'prometheus-data')}`],
      ...[`--web.listen-address=127.0.0.1:${PORTS.prometheus}`, '--web.enable-lifecycle'],
      // New pods are found after 5 s by default.
      '--scrape.discovery-reload-interval=100ms',
    ];
    plane.add(new ServerProcess(join(assets, 'prometheus'), args, plane.logs));
    await plane.until('Prometheus is ready', () =>
      fetch(`${PROMETHEUS}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    return prometheus;
  }

  private readonly file: string;
  private readonly kubeconfig: string;

  private constructor(plane: ControlPlane) {
    this.file = join(plane.logs, 'prometheus.yml');
    this.kubeconfig = plane.api.writeKubeconfig(join(plane.logs, 'prometheus-kubeconfig'));
  }

  /** Scrapes the pods of these PodMonitors from now on, and no others. */
  public async scrape(podMonitors: readonly object[]): Promise<void> {
    this.configure(podMonitors);
    const { ok, statusText } = await fetch(`${PROMETHEUS}/-/reload`, { method: 'POST' });
    if (!ok) throw new Error(`Prometheus refuses its configuration: ${statusText}`);
  }

  /** The elements of a query now. */
  public async query(query: string): Promise<Element[]> {
    const answer = await fetch(`${PROMETHEUS}/api/v1/query`, { method: 'POST', body: new URLSearchParams({ query }) });
    const { data, error } = (await answer.json()) as {
      data?: { result: { metric: Element['metric']; value: [number, string] }[] };
      error?: string;
    };
    if (data === undefined) throw new Error(`${query}: ${error}`);
    return data.result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }));
  }

  private configure(podMonitors: readonly object[]): void {
    const global = { scrape_interval: '1s', scrape_timeout: '1s' };
    const scrape_configs = scrapeConfigs(podMonitors, this.kubeconfig);
    writeFileSync(this.file, JSON.stringify({ global, scrape_configs }));
  }
}
