/** Delivers mail through Resend (send API with idempotency keys, webhooks signed by Svix). */
@NullMarked
package io.signalbox.provider.resend;

import org.jspecify.annotations.NullMarked;
