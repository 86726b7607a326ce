/** Mail through Postmark: sending, webhooks, and what became of a mail. */
@NullMarked
package io.signalbox.provider.postmark;

import org.jspecify.annotations.NullMarked;
