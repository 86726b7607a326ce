/**
 * The gateway's own values: ids, states and work items. No I/O, no Vert.x but its JSON and buffers.
 */
@NullMarked
package io.signalbox.gateway.model;

import org.jspecify.annotations.NullMarked;
