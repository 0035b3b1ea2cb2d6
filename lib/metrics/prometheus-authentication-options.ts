import type { SecretKey } from '../secrets/secret-key';

/**
 * The authority of a server whose certificate no public one signed, such as that of OpenShift's services.
 */
export interface PrometheusAuthorityOptions {
  /**
   * Certificate of the authority that signed the server's, in PEM. The address then begins with `https://`.
   *
   * @default - the authorities that KEDA knows: public ones, and those in its folder /custom/ca
   */
  readonly ca?: SecretKey;
}

/**
 * Certificates for mutual TLS.
 */
export interface PrometheusTlsOptions {
  /** Certificate of the authority that signed the server's. KEDA needs all three. */
  readonly ca: SecretKey;

  /** Certificate of the client. */
  readonly certificate: SecretKey;

  /** Private key of the client. */
  readonly key: SecretKey;
}

/**
 * The identity in AWS with which queries are signed (SigV4), for Amazon Managed Service for Prometheus.
 */
export interface AwsPodIdentityOptions {
  /**
   * Region of the workspace, such as `us-east-1`.
   *
   * @default - that in the address. Required for an address without a region, such as one of your own DNS
   */
  readonly region?: string;

  /**
   * ARN of the IAM role that is assumed, with the permission `aps:QueryMetrics`. KEDA's own role needs `sts:AssumeRole`
   * for it.
   *
   * @default - the role of KEDA's service account
   */
  readonly roleArn?: string;
}

/**
 * The identity in Microsoft Entra for Azure Monitor.
 */
export interface AzureWorkloadIdentityOptions {
  /**
   * Client id of the managed identity or application, a UUID. It needs the role Monitoring Data Reader on the workspace,
   * and a federated credential for KEDA's service account.
   *
   * @default - the identity of KEDA's service account
   */
  readonly clientId?: string;
}
