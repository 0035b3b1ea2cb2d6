/**
 * Who may mount the volume of a PersistentVolumeClaim.
 */
export enum AccessMode {
  /** The pods of one node, to read and write: block storage, such as EBS or a Persistent Disk. */
  READ_WRITE_ONCE = 'ReadWriteOnce',
  /** Pods of any number of nodes, to read only. */
  READ_ONLY_MANY = 'ReadOnlyMany',
  /** Pods of any number of nodes, to read and write: a file system of the network, such as EFS or Filestore. */
  READ_WRITE_MANY = 'ReadWriteMany',
  /** One single pod. */
  READ_WRITE_ONCE_POD = 'ReadWriteOncePod',
}
