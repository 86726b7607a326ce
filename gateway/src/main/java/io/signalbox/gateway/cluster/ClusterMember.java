package io.signalbox.gateway.cluster;

/**
 * A node, as the cluster knows it.
 *
 * @param id made anew with each start
 * @param address {@code host:port} where nodes meet
 * @param self whether it is this node
 */
public record ClusterMember(String id, String address, boolean self) {}
