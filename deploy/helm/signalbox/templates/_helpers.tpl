{{- define "signalbox.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* Short enough that the suffixes of all objects fit into 63 characters. */}}
{{- define "signalbox.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "signalbox.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "signalbox.selector" -}}
app.kubernetes.io/name: {{ include "signalbox.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "signalbox.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "signalbox.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "signalbox.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "signalbox.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "signalbox.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "signalbox.scheme" -}}
{{- if .Values.tls.existingSecret }}HTTPS{{ else }}HTTP{{ end -}}
{{- end -}}

{{- define "signalbox.publicUrl" -}}
{{- if .Values.publicUrl -}}
{{- .Values.publicUrl -}}
{{- else if and .Values.ingress.enabled .Values.ingress.host -}}
{{- printf "%s://%s" (ternary "https" "http" (ne .Values.ingress.tlsSecret "")) .Values.ingress.host -}}
{{- end -}}
{{- end -}}

{{/* Whether there are, or may be, several pods. */}}
{{- define "signalbox.several" -}}
{{- if or .Values.autoscaling.enabled (gt (int .Values.replicas) 1) }}true{{ end -}}
{{- end -}}

{{- define "signalbox.pluginsDir" -}}
{{- if .Values.plugins.upload }}/var/lib/signalbox/plugins{{ else }}/opt/signalbox/plugins{{ end -}}
{{- end -}}

{{/* What the values say in words of the configuration. Secrets come as files. */}}
{{- define "signalbox.ownConfig" -}}
http.host: "0.0.0.0"
http.port: 8080
http.metrics_host: "0.0.0.0"
http.metrics_port: {{ int .Values.metrics.port }}
http.drain_timeout: {{ printf "%ds" (int .Values.drainSeconds) }}
{{- with .Values.trustedProxies }}
http.trusted_proxies: {{ join ", " . | quote }}
{{- end }}
{{- if .Values.tls.existingSecret }}
http.tls_cert_file: /run/signalbox/tls/tls.crt
http.tls_key_file: /run/signalbox/tls/tls.key
{{- end }}
{{- with include "signalbox.publicUrl" . }}
webhooks.public_url: {{ . | quote }}
{{- end }}
data.dir: /var/lib/signalbox
plugins.dir: {{ include "signalbox.pluginsDir" . }}
{{- if .Values.plugins.upload }}
plugins.upload: true
{{- end }}
{{- if .Values.security.existingSecret }}
security.jwt_key_file: /run/signalbox/security/jwt.key
{{- end }}
ledger.engine: {{ .Values.ledger.engine }}
{{- if eq .Values.ledger.engine "postgres" }}
postgres.host: {{ .Values.postgres.host | quote }}
postgres.port: {{ int .Values.postgres.port }}
postgres.database: {{ .Values.postgres.database | quote }}
postgres.user: {{ .Values.postgres.user | quote }}
postgres.tls: {{ .Values.postgres.tls }}
{{- with .Values.postgres.caFile }}
postgres.ca_file: {{ . | quote }}
{{- end }}
{{- if .Values.postgres.existingSecret }}
postgres.password: file:/run/signalbox/postgres/password
{{- end }}
{{- end }}
{{- with .Values.redis.urls }}
redis.urls: {{ join ", " . | quote }}
redis.mode: {{ $.Values.redis.mode }}
{{- with $.Values.redis.user }}
redis.user: {{ . | quote }}
{{- end }}
{{- if $.Values.redis.existingSecret }}
redis.password: file:/run/signalbox/redis/password
{{- end }}
{{- end }}
cluster.enabled: {{ .Values.cluster.enabled }}
{{- if .Values.cluster.enabled }}
cluster.name: {{ printf "%s.%s" (include "signalbox.fullname" .) .Release.Namespace }}
cluster.port: {{ int .Values.cluster.port }}
cluster.bus_port: {{ int .Values.cluster.busPort }}
{{- if eq .Values.cluster.discovery "api" }}
cluster.kubernetes_service: {{ include "signalbox.fullname" . }}-nodes
cluster.kubernetes_namespace: {{ .Release.Namespace }}
{{- else }}
cluster.kubernetes_service_dns: {{ include "signalbox.fullname" . }}-nodes.{{ .Release.Namespace }}.svc
{{- end }}
{{- if .Values.cluster.tlsSecret }}
cluster.tls_cert_file: /run/signalbox/cluster/tls.crt
cluster.tls_key_file: /run/signalbox/cluster/tls.key
cluster.tls_ca_file: /run/signalbox/cluster/ca.crt
{{- end }}
{{- end }}
log.format: {{ .Values.logFormat }}
{{- end -}}

{{/* Mistakes that the schema of the values cannot tell. */}}
{{- define "signalbox.check" -}}
{{- if and (include "signalbox.several" .) (ne .Values.ledger.engine "postgres") -}}
{{- fail "ledger.engine must be postgres for more than one replica: the embedded ledger is one pod's alone" -}}
{{- end -}}
{{- if and (include "signalbox.several" .) (not .Values.security.existingSecret) -}}
{{- fail "security.existingSecret is needed for more than one replica: each would sign tokens with a key of its own" -}}
{{- end -}}
{{- if and (eq .Values.ledger.engine "postgres") (not .Values.postgres.host) -}}
{{- fail "postgres.host is needed with ledger.engine postgres" -}}
{{- end -}}
{{- if and .Values.cluster.enabled (ne .Values.ledger.engine "postgres") -}}
{{- fail "cluster.enabled needs ledger.engine postgres" -}}
{{- end -}}
{{- if and .Values.autoscaling.enabled (lt (int .Values.autoscaling.maxReplicas) (int .Values.autoscaling.minReplicas)) -}}
{{- fail "autoscaling.maxReplicas must not be less than autoscaling.minReplicas" -}}
{{- end -}}
{{- if and .Values.plugins.volume (or .Values.plugins.upload .Values.providers) -}}
{{- fail "plugins.volume holds jars and provider files itself: leave plugins.upload and providers out" -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) -}}
{{- fail "ingress.host is needed with ingress.enabled" -}}
{{- end -}}
{{- $own := include "signalbox.ownConfig" . | fromYaml -}}
{{- range $key, $value := .Values.config -}}
{{- if hasKey $own $key -}}
{{- fail (printf "config.%s is set by the chart: use the value that is meant for it" $key) -}}
{{- end -}}
{{- if kindIs "map" $value -}}
{{- range $inner, $ignored := $value -}}
{{- if hasKey $own (printf "%s.%s" $key $inner) -}}
{{- fail (printf "config.%s.%s is set by the chart: use the value that is meant for it" $key $inner) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
