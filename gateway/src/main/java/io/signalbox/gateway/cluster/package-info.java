/**
 * The cluster: finding other nodes, asking them whether they hear, and telling what people should
 * know of it. The only room that knows Hazelcast.
 */
@NullMarked
package io.signalbox.gateway.cluster;

import org.jspecify.annotations.NullMarked;
