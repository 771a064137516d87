{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{- define "kentongan.name" -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- end }}

{{- define "kentongan.selector" -}}
app.kubernetes.io/name: kentongan
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "kentongan.labels" -}}
{{ include "kentongan.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "kentongan.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* The ConfigMap of a folder of files (rules or reference); empty: that of the image. */}}
{{- define "kentongan.rulesMap" -}}
{{- if .Values.rules.existingConfigMap -}}
{{ .Values.rules.existingConfigMap }}
{{- else if .Values.rules.files -}}
{{ include "kentongan.name" . }}-rules
{{- end }}
{{- end }}
{{- define "kentongan.referenceMap" -}}
{{- if .Values.reference.existingConfigMap -}}
{{ .Values.reference.existingConfigMap }}
{{- else if .Values.reference.files -}}
{{ include "kentongan.name" . }}-reference
{{- end }}
{{- end }}

{{- define "kentongan.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "kentongan.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
seccompProfile: {type: RuntimeDefault}
{{- end }}
