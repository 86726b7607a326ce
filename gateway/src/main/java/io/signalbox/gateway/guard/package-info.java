/**
 * Between the gateway and the code of plugins: each provider on threads of its own, every call
 * bounded, whatever a plugin throws a failure that can be told, and a blocked thread noticed.
 */
@NullMarked
package io.signalbox.gateway.guard;

import org.jspecify.annotations.NullMarked;
