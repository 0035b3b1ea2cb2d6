import { Yaml } from 'cdk8s';
import { type Answer, ApiClient, type Connection } from './api-client';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [field: string]: unknown;
}

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A kind in the discovery API. */
export interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Whether the server only validates the object, or also stores it. */
export type Effect = 'dry-run' | 'stored';

/** The API in terms of manifests. Bodies are the YAML that cdk8s writes, so that its quoting is tested as well. */
export class Cluster {
  private readonly client: ApiClient;
  private readonly discovered = new Map<string, Promise<readonly Resource[]>>();

  constructor(connection: Connection) {
    this.client = new ApiClient(connection);
  }

  async version(): Promise<string> {
    const { body } = await this.client.request('GET', '/version');
    return (body as { gitVersion: string }).gitVersion;
  }

  /** The published schema of the core group. */
  async schema(): Promise<unknown> {
    return (await this.client.request('GET', '/openapi/v3/api/v1')).body;
  }

  /** Undefined if the server does not have the kind. */
  async resourceOf({ apiVersion, kind }: Manifest): Promise<Resource | undefined> {
    let resources = this.discovered.get(apiVersion);
    if (!resources) {
      resources = this.discover(apiVersion);
      this.discovered.set(apiVersion, resources);
    }
    return (await resources).find((resource) => resource.kind === kind);
  }

  /** Server-side apply. Undefined if the server does not have the kind. */
  async apply(manifest: Manifest, effect: Effect): Promise<Answer | undefined> {
    const path = await this.pathOf(manifest);
    if (path === undefined) {
      return undefined;
    }
    const query = `fieldManager=test&force=true&${queryOf(effect)}`;
    return this.client.request('PATCH', `${path}?${query}`, toYaml(manifest));
  }

  /** Strict create, which names every unknown field. Undefined if the server does not have the kind. */
  async create(manifest: Manifest, effect: Effect): Promise<Answer | undefined> {
    const path = await this.pathOf(manifest);
    if (path === undefined) {
      return undefined;
    }
    const collection = path.slice(0, path.lastIndexOf('/'));
    return this.client.request('POST', `${collection}?${queryOf(effect)}`, toYaml(manifest));
  }

  async exists(manifest: Manifest): Promise<boolean> {
    const path = await this.pathOf(manifest);
    return path !== undefined && (await this.client.request('GET', path)).status === 200;
  }

  async delete(manifest: Manifest): Promise<void> {
    const path = await this.pathOf(manifest);
    if (path !== undefined) {
      await this.client.request('DELETE', path);
    }
  }

  close(): void {
    this.client.close();
  }

  private async pathOf(manifest: Manifest): Promise<string | undefined> {
    const resource = await this.resourceOf(manifest);
    if (!resource) {
      return undefined;
    }
    const { name, namespace = 'default' } = manifest.metadata;
    const scope = resource.namespaced ? `namespaces/${encodeURIComponent(namespace)}/` : '';
    return `${apiRoot(manifest.apiVersion)}/${scope}${resource.name}/${encodeURIComponent(name)}`;
  }

  private async discover(apiVersion: string): Promise<readonly Resource[]> {
    const { status, body } = await this.client.request('GET', apiRoot(apiVersion));
    const resources = status === 200 ? (body as { resources: Resource[] }).resources : [];
    return resources.filter((resource) => !resource.name.includes('/')); // subresources such as deployments/scale
  }
}

/** Only the core group is under /api. */
function apiRoot(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** Omits fields without a value, as cdk8s does. */
function toYaml(manifest: Manifest): string {
  return Yaml.stringify(JSON.parse(JSON.stringify(manifest)));
}

function queryOf(effect: Effect): string {
  return effect === 'dry-run' ? 'fieldValidation=Strict&dryRun=All' : 'fieldValidation=Strict';
}
