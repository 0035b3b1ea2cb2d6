/** The minor whose fields these are. */
export const KUBERNETES = '1.37';

/**
 * The fields of a pod template, a line for each type. Written by `npm run pod-template` from the schema of an API server;
 * ./pod-types.ts explains the letters.
 */
export const POD_TEMPLATE = `
AWSElasticBlockStoreVolumeSource=PortworxVolumeSource partition:i
Affinity nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity
AppArmorProfile localhostProfile:s type!:=Localhost|RuntimeDefault|Unconfined
AzureDiskVolumeSource cachingMode:=None|ReadOnly|ReadWrite diskName!:s diskURI!:s fsType:s kind:=Dedicated|Managed|Shared readOnly:b
AzureFileVolumeSource readOnly:b secretName!:s shareName!:s
CSIVolumeSource driver!:s fsType:s nodePublishSecretRef:LocalObjectReference readOnly:b volumeAttributes:{s}
Capabilities add:[s] drop:[s]
CephFSVolumeSource monitors!:[s] path:s readOnly:b secretFile:s secretRef:LocalObjectReference user:s
CinderVolumeSource=PortworxVolumeSource secretRef:LocalObjectReference
ClusterTrustBundleProjection=ConfigMapEnvSource labelSelector:LabelSelector path!:s signerName:s user:l
ConfigMapEnvSource name:s optional:b
ConfigMapKeySelector=ConfigMapEnvSource key!:s
ConfigMapProjection=ConfigMapEnvSource items:[KeyToPath]
ConfigMapVolumeSource=ConfigMapProjection defaultMode:i defaultUser:l
Container args:[s] command:[s] env:[EnvVar]name envFrom:[EnvFromSource] image:s imagePullPolicy:=Always|IfNotPresent|Never lifecycle:Lifecycle livenessProbe:Probe name!:s ports:[ContainerPort]containerPort,protocol readinessProbe:Probe resizePolicy:[ContainerResizePolicy] resources:ResourceRequirements restartPolicy:s restartPolicyRules:[ContainerRestartRule] securityContext:SecurityContext startupProbe:Probe stdin:b stdinOnce:b terminationMessagePath:s terminationMessagePolicy:=FallbackToLogsOnError|File tty:b volumeDevices:[VolumeDevice]devicePath volumeMounts:[VolumeMount]mountPath workingDir:s
ContainerPort containerPort!:i hostIP:s hostPort:i name:s protocol:=SCTP|TCP|UDP
ContainerResizePolicy resourceName!:s restartPolicy!:s
ContainerRestartRule action!:s exitCodes:ContainerRestartRuleOnExitCodes
ContainerRestartRuleOnExitCodes operator!:s values:[i]
DownwardAPIProjection items:[DownwardAPIVolumeFile]
DownwardAPIVolumeFile fieldRef:ObjectFieldSelector mode:i path!:s resourceFieldRef:ResourceFieldSelector user:l
DownwardAPIVolumeSource defaultMode:i defaultUser:l items:[DownwardAPIVolumeFile]
EmptyDirVolumeSource medium:s mode:i sizeLimit:q
EnvFromSource configMapRef:ConfigMapEnvSource prefix:s secretRef:SecretEnvSource
EnvVar name!:s value:s valueFrom:EnvVarSource
EnvVarSource configMapKeyRef:ConfigMapKeySelector fieldRef:ObjectFieldSelector fileKeyRef:FileKeySelector resourceFieldRef:ResourceFieldSelector secretKeyRef:SecretKeySelector
EphemeralContainer=Container targetContainerName:s
EphemeralVolumeSource volumeClaimTemplate:PersistentVolumeClaimTemplate
EvictionResponder name!:s priority!:i
ExecAction command:[s]
FCVolumeSource fsType:s lun:i readOnly:b targetWWNs:[s] wwids:[s]
FileKeySelector key!:s optional:b path!:s volumeName!:s
FlexVolumeSource driver!:s fsType:s options:{s} readOnly:b secretRef:LocalObjectReference
FlockerVolumeSource datasetName:s datasetUUID:s
GCEPersistentDiskVolumeSource fsType:s partition:i pdName!:s readOnly:b
GRPCAction mode:=Plaintext|TLS port!:i service:s
GitRepoVolumeSource directory:s repository!:s revision:s
GlusterfsVolumeSource endpoints!:s path!:s readOnly:b
HTTPGetAction=TCPSocketAction httpHeaders:[HTTPHeader] path:s protocol:=HTTP1|HTTP2 scheme:=HTTP|HTTPS
HTTPHeader name!:s value!:s
HostAlias hostnames:[s] ip!:s
HostPathVolumeSource path!:s type:=|BlockDevice|CharDevice|Directory|DirectoryOrCreate|File|FileOrCreate|Socket
ISCSIVolumeSource chapAuthDiscovery:b chapAuthSession:b fsType:s initiatorName:s iqn!:s iscsiInterface:s lun!:i portals:[s] readOnly:b secretRef:LocalObjectReference targetPortal!:s
ImageVolumeSource pullPolicy:=Always|IfNotPresent|Never reference:s
KeyToPath key!:s mode:i path!:s user:l
LabelSelector matchExpressions:[LabelSelectorRequirement] matchLabels:{s}
LabelSelectorRequirement key!:s operator!:s values:[s]
Lifecycle postStart:LifecycleHandler preStop:LifecycleHandler stopSignal:s
LifecycleHandler exec:ExecAction httpGet:HTTPGetAction sleep:SleepAction tcpSocket:TCPSocketAction
LocalObjectReference name:s
ManagedFieldsEntry apiVersion:s fieldsType:s fieldsV1:o manager:s operation:s subresource:s time:t
NFSVolumeSource path!:s readOnly:b server!:s
NodeAffinity preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm] requiredDuringSchedulingIgnoredDuringExecution:NodeSelector
NodeSelector nodeSelectorTerms!:[NodeSelectorTerm]
NodeSelectorRequirement key!:s operator!:=DoesNotExist|Exists|Gt|In|Lt|NotIn values:[s]
NodeSelectorTerm matchExpressions:[NodeSelectorRequirement] matchFields:[NodeSelectorRequirement]
ObjectFieldSelector apiVersion:s fieldPath!:s
ObjectMeta annotations:{s} creationTimestamp:t deletionGracePeriodSeconds:l deletionTimestamp:t finalizers:[s] generateName:s generation:l labels:{s} managedFields:[ManagedFieldsEntry] name:s namespace:s ownerReferences:[OwnerReference]uid resourceVersion:s selfLink:s uid:s
OwnerReference apiVersion!:s blockOwnerDeletion:b controller:b kind!:s name!:s uid!:s
PersistentVolumeClaimSpec accessModes:[=ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod] dataSource:TypedLocalObjectReference dataSourceRef:TypedObjectReference resources:VolumeResourceRequirements selector:LabelSelector storageClassName:s volumeAttributesClassName:s volumeMode:=Block|Filesystem volumeName:s
PersistentVolumeClaimTemplate metadata:ObjectMeta spec!:PersistentVolumeClaimSpec
PersistentVolumeClaimVolumeSource claimName!:s readOnly:b
PhotonPersistentDiskVolumeSource fsType:s pdID!:s
PodAffinity preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm] requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]
PodAffinityTerm labelSelector:LabelSelector matchLabelKeys:[s] mismatchLabelKeys:[s] namespaceSelector:LabelSelector namespaces:[s] topologyKey!:s
PodAntiAffinity=PodAffinity
PodCertificateProjection certificateChainPath:s credentialBundlePath:s keyPath:s keyType!:s maxExpirationSeconds:i signerName!:s user:l userAnnotations:{s}
PodDNSConfig nameservers:[s] options:[PodDNSConfigOption] searches:[s]
PodDNSConfigOption name:s value:s
PodOS name!:s
PodReadinessGate conditionType!:s
PodResourceClaim name!:s resourceClaimName:s resourceClaimTemplateName:s
PodSchedulingGate name!:s
PodSchedulingGroup podGroupName:s
PodSecurityContext appArmorProfile:AppArmorProfile fsGroup:l fsGroupChangePolicy:=Always|OnRootMismatch runAsGroup:l runAsNonRoot:b runAsUser:l seLinuxChangePolicy:s seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile supplementalGroups:[l] supplementalGroupsPolicy:=Merge|Strict sysctls:[Sysctl] windowsOptions:WindowsSecurityContextOptions
PodSpec activeDeadlineSeconds:l affinity:Affinity automountServiceAccountToken:b containers!:[Container]name dnsConfig:PodDNSConfig dnsPolicy:=ClusterFirst|ClusterFirstWithHostNet|Default|None enableServiceLinks:b ephemeralContainers:[EphemeralContainer]name evictionResponders:[EvictionResponder]name hostAliases:[HostAlias]ip hostIPC:b hostNetwork:b hostPID:b hostUsers:b hostname:s hostnameOverride:s imagePullSecrets:[LocalObjectReference]name initContainers:[Container]name nodeName:s nodeSelector:{s} os:PodOS overhead:{q} preemptionPolicy:=Never|PreemptLowerPriority priority:i priorityClassName:s readinessGates:[PodReadinessGate] resourceClaims:[PodResourceClaim]name resources:ResourceRequirements restartPolicy:=Always|Never|OnFailure runtimeClassName:s schedulerName:s schedulingGates:[PodSchedulingGate]name schedulingGroup:PodSchedulingGroup securityContext:PodSecurityContext serviceAccount:s serviceAccountName:s setHostnameAsFQDN:b shareProcessNamespace:b subdomain:s terminationGracePeriodSeconds:l tolerations:[Toleration] topologySpreadConstraints:[TopologySpreadConstraint]topologyKey,whenUnsatisfiable volumes:[Volume]name
PodTemplateSpec metadata:ObjectMeta spec:PodSpec
PortworxVolumeSource fsType:s readOnly:b volumeID!:s
PreferredSchedulingTerm preference!:NodeSelectorTerm weight!:i
Probe exec:ExecAction failureThreshold:i grpc:GRPCAction httpGet:HTTPGetAction initialDelaySeconds:i periodSeconds:i successThreshold:i tcpSocket:TCPSocketAction terminationGracePeriodSeconds:l timeoutSeconds:i
ProjectedVolumeSource defaultMode:i defaultUser:l sources:[VolumeProjection]
QuobyteVolumeSource group:s readOnly:b registry!:s tenant:s user:s volume!:s
RBDVolumeSource fsType:s image!:s keyring:s monitors!:[s] pool:s readOnly:b secretRef:LocalObjectReference user:s
ResourceClaim name!:s request:s
ResourceFieldSelector containerName:s divisor:q resource!:s
ResourceRequirements=VolumeResourceRequirements claims:[ResourceClaim]name
SELinuxOptions level:s role:s type:s user:s
ScaleIOVolumeSource fsType:s gateway!:s protectionDomain:s readOnly:b secretRef!:LocalObjectReference sslEnabled:b storageMode:s storagePool:s system!:s volumeName:s
SeccompProfile=AppArmorProfile
SecretEnvSource=ConfigMapEnvSource
SecretKeySelector=ConfigMapKeySelector
SecretProjection=ConfigMapProjection
SecretVolumeSource defaultMode:i defaultUser:l items:[KeyToPath] optional:b secretName:s
SecurityContext allowPrivilegeEscalation:b appArmorProfile:AppArmorProfile capabilities:Capabilities privileged:b procMount:=Default|Unmasked readOnlyRootFilesystem:b runAsGroup:l runAsNonRoot:b runAsUser:l seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile windowsOptions:WindowsSecurityContextOptions
ServiceAccountTokenProjection audience:s expirationSeconds:l path!:s user:l
SleepAction seconds!:l
StorageOSVolumeSource fsType:s readOnly:b secretRef:LocalObjectReference volumeName:s volumeNamespace:s
Sysctl=HTTPHeader
TCPSocketAction host:s port!:x
Toleration effect:=NoExecute|NoSchedule|PreferNoSchedule key:s operator:=Equal|Exists|Gt|Lt tolerationSeconds:l value:s
TopologySpreadConstraint labelSelector:LabelSelector matchLabelKeys:[s] maxSkew!:i minDomains:i nodeAffinityPolicy:=Honor|Ignore nodeTaintsPolicy:=Honor|Ignore topologyKey!:s whenUnsatisfiable!:=DoNotSchedule|ScheduleAnyway
TypedLocalObjectReference apiGroup:s kind!:s name!:s
TypedObjectReference=TypedLocalObjectReference namespace:s
Volume awsElasticBlockStore:AWSElasticBlockStoreVolumeSource azureDisk:AzureDiskVolumeSource azureFile:AzureFileVolumeSource cephfs:CephFSVolumeSource cinder:CinderVolumeSource configMap:ConfigMapVolumeSource csi:CSIVolumeSource downwardAPI:DownwardAPIVolumeSource emptyDir:EmptyDirVolumeSource ephemeral:EphemeralVolumeSource fc:FCVolumeSource flexVolume:FlexVolumeSource flocker:FlockerVolumeSource gcePersistentDisk:GCEPersistentDiskVolumeSource gitRepo:GitRepoVolumeSource glusterfs:GlusterfsVolumeSource hostPath:HostPathVolumeSource image:ImageVolumeSource iscsi:ISCSIVolumeSource name!:s nfs:NFSVolumeSource persistentVolumeClaim:PersistentVolumeClaimVolumeSource photonPersistentDisk:PhotonPersistentDiskVolumeSource portworxVolume:PortworxVolumeSource projected:ProjectedVolumeSource quobyte:QuobyteVolumeSource rbd:RBDVolumeSource scaleIO:ScaleIOVolumeSource secret:SecretVolumeSource storageos:StorageOSVolumeSource vsphereVolume:VsphereVirtualDiskVolumeSource
VolumeDevice devicePath!:s name!:s
VolumeMount bindMountOptions:[s] mountPath!:s mountPropagation:=Bidirectional|HostToContainer|None name!:s readOnly:b recursiveReadOnly:s subPath:s subPathExpr:s
VolumeProjection clusterTrustBundle:ClusterTrustBundleProjection configMap:ConfigMapProjection downwardAPI:DownwardAPIProjection podCertificate:PodCertificateProjection secret:SecretProjection serviceAccountToken:ServiceAccountTokenProjection
VolumeResourceRequirements limits:{q} requests:{q}
VsphereVirtualDiskVolumeSource fsType:s storagePolicyID:s storagePolicyName:s volumePath!:s
WeightedPodAffinityTerm podAffinityTerm!:PodAffinityTerm weight!:i
WindowsSecurityContextOptions gmsaCredentialSpec:s gmsaCredentialSpecName:s hostProcess:b runAsUserName:s
`;
