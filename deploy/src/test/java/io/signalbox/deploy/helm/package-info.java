/** Renders the Helm chart by Helm itself and holds what comes out against Kubernetes' own types. */
package io.signalbox.deploy.helm;
