/**
 * Operations: what a caller waits for and must not be done twice. Each is a small saga whose steps
 * are stored before they are taken.
 */
@NullMarked
package io.signalbox.gateway.operation;

import org.jspecify.annotations.NullMarked;
