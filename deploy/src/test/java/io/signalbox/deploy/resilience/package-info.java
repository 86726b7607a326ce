/**
 * The outage scenarios of docs/resilience.md: one script of faults, one driver with an open loop,
 * and three systems that are measured alike, the gateway and two baselines.
 */
package io.signalbox.deploy.resilience;
