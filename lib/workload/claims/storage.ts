import { AccessMode } from '../../model/access-mode';

const { READ_WRITE_ONCE, READ_ONLY_MANY, READ_WRITE_ONCE_POD } = AccessMode;

/** What is known about the volumes of a StorageClass. */
export interface Storage {
  /** Modes of a volume with a file system; undefined where all of them work. */
  readonly modes?: readonly AccessMode[];
  /** Whether a volume can hold more than its claim requests. */
  readonly isElastic: boolean;
  /** Whether a volume is a disk of one node, on which the scheduler then places all pods that mount it. */
  readonly isLocal?: boolean;
}

interface StorageRow extends Storage {
  readonly provisioners: readonly string[];
  /** Names of StorageClasses that the provider or its documentation creates; none that others use too, as `standard`. */
  readonly classes: readonly string[];
}

const block = (
  modes: readonly AccessMode[],
  provisioners: readonly string[],
  classes: readonly string[],
): StorageRow => ({
  modes,
  provisioners,
  classes,
  isElastic: false,
});

const elastic = (provisioners: readonly string[], classes: readonly string[]): StorageRow => ({
  provisioners,
  classes,
  isElastic: true,
});

const ONE_NODE = [READ_WRITE_ONCE, READ_WRITE_ONCE_POD];

/**
 * Sources: kubernetes.io, Persistent Volumes, Access Modes; the drivers' documentation of capabilities
 * (kubernetes-csi.github.io/docs/drivers.html). What is not listed, nothing is claimed about.
 */
const STORAGE: readonly StorageRow[] = [
  block(
    ONE_NODE,
    ['ebs.csi.aws.com', 'ebs.csi.eks.amazonaws.com', 'kubernetes.io/aws-ebs'],
    ['gp2', 'gp3', 'ebs-sc', 'ebs-gp3', 'gp3-csi', 'io1', 'io2', 'auto-ebs-sc'],
  ),
  block(
    [...ONE_NODE, READ_ONLY_MANY],
    ['pd.csi.storage.gke.io', 'kubernetes.io/gce-pd'],
    ['standard-rwo', 'premium-rwo'],
  ),
  block(
    ONE_NODE,
    ['disk.csi.azure.com', 'kubernetes.io/azure-disk'],
    ['managed-csi', 'managed-csi-premium', 'managed-premium'],
  ),
  block(
    [...ONE_NODE, READ_ONLY_MANY],
    ['rbd.csi.ceph.com', 'rook-ceph.rbd.csi.ceph.com', 'openshift-storage.rbd.csi.ceph.com'],
    ['rook-ceph-block', 'ceph-rbd', 'ocs-storagecluster-ceph-rbd'],
  ),
  block(ONE_NODE, ['dobs.csi.digitalocean.com'], ['do-block-storage']),
  block(ONE_NODE, ['linodebs.csi.linode.com'], ['linode-block-storage', 'linode-block-storage-retain']),
  block(ONE_NODE, ['csi.hetzner.cloud'], ['hcloud-volumes']),
  block(ONE_NODE, ['blockvolume.csi.oraclecloud.com'], ['oci-bv']),
  elastic(['efs.csi.aws.com'], ['efs-sc', 'efs']),
  elastic(['s3.csi.aws.com', 'gcsfuse.csi.storage.gke.io'], []),
  elastic(['blob.csi.azure.com'], ['azureblob-fuse-premium', 'azureblob-nfs-premium']),
  elastic(['nfs.csi.k8s.io', 'k8s-sigs.io/nfs-subdir-external-provisioner'], ['nfs-csi', 'nfs-client', 'nfs']),
  {
    ...elastic(['rancher.io/local-path', 'k8s.io/minikube-hostpath', 'docker.io/hostpath'], ['local-path', 'hostpath']),
    isLocal: true,
  },
];

/** The storage of a provisioner; undefined for one that is not listed. */
export const storageOf = (provisioner: string): Storage | undefined =>
  STORAGE.find(({ provisioners }) => provisioners.includes(provisioner));

/** The storage that a StorageClass with this name has by convention. */
export const storageNamed = (storageClass: string): Storage | undefined =>
  STORAGE.find(({ classes }) => classes.includes(storageClass));
