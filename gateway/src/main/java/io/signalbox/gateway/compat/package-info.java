/**
 * Other providers' APIs, spoken to applications: what their SDKs ask becomes a notification, what
 * they need to hear is answered. Pure functions; {@code api} has the routes.
 */
@NullMarked
package io.signalbox.gateway.compat;

import org.jspecify.annotations.NullMarked;
