/** Any HTTP API, described by configuration: request, success rule, outcomes, webhooks. */
@NullMarked
package io.signalbox.provider.webhook;

import org.jspecify.annotations.NullMarked;
