/** Takes webhooks: verified by the provider, stored, answered, told to others. */
@NullMarked
package io.signalbox.gateway.webhook;

import org.jspecify.annotations.NullMarked;
