/**
 * The conformance kit. A provider's tests extend {@link io.signalbox.testkit.BaseDeliveryTest}, or
 * {@link io.signalbox.testkit.BaseSmtpDeliveryTest} where the wire is SMTP, and {@link
 * io.signalbox.testkit.BaseWebhookTest}, give the wire's facts, and inherit the laws that every
 * provider keeps.
 */
@NullMarked
package io.signalbox.testkit;

import org.jspecify.annotations.NullMarked;
