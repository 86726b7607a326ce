/**
 * A small HTTP API of our own for messages of any kind: what the plugin {@code webhook} is
 * configured against. The simulator's README is its document.
 */
@NullMarked
package io.signalbox.simulator.messageapi;

import org.jspecify.annotations.NullMarked;
