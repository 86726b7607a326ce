/** The HTTP API: routes, problems, operator calls. */
@NullMarked
package io.signalbox.gateway.api;

import org.jspecify.annotations.NullMarked;
