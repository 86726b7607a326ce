/**
 * A drill of a cluster of processes: nodes, PostgreSQL, Redis and the network fail under load, and
 * what was accepted is counted where it arrives.
 */
package io.signalbox.deploy.cluster;
