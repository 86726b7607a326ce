/**
 * Templates of notifications: what their texts may hold, how they are filled with data, which
 * language is chosen, and what a gateway remembers of those that are stored.
 */
@NullMarked
package io.signalbox.gateway.template;

import org.jspecify.annotations.NullMarked;
