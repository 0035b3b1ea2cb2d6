import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a self-signed certificate, which is its own authority. */
export interface Certificate {
  readonly folder: string;
  readonly certificate: string;
  readonly key: string;
}

/**
 * One certificate for all: KEDA's operator and metrics server prove with it to each other who they are, and the API server
 * to the metrics server, which expects the name `aggregator`.
 */
export function makeCertificate(parent: string): Certificate {
  const folder = join(parent, 'certificate');
  mkdirSync(folder);
  const [certificate, key] = [join(folder, 'tls.crt'), join(folder, 'tls.key')];
  const extensions = [
    ['subjectAltName', 'DNS:localhost,IP:127.0.0.1'],
    ['extendedKeyUsage', 'serverAuth,clientAuth'],
  ];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...['-subj', '/CN=aggregator', '-keyout', key, '-out', certificate],
      ...extensions.flatMap(([name, value]) => ['-addext', `${name}=${value}`]),
    ],
    { stdio: 'pipe' },
  );
  copyFileSync(certificate, join(folder, 'ca.crt'));
  return { folder, certificate, key };
}
