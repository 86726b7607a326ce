/** Feeds scoring with outcomes and publishes rankings. */
@NullMarked
package io.signalbox.gateway.ranking;

import org.jspecify.annotations.NullMarked;
