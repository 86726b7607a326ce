package io.signalbox.spi;

import io.vertx.core.Vertx;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * All that a provider may use of its host.
 *
 * @param providerId the id of the configured instance, such as {@code sendgrid-eu}
 * @param vertx for HTTP clients and timers; they are closed with the provider verticle
 * @param config the {@code config:} part of the provider's file
 * @param clock wall time
 * @param webhookUrl where the remote API must send this provider's webhooks; null if the gateway
 *     has no public URL
 */
public record ProviderContext(
    String providerId,
    Vertx vertx,
    ConfigReader config,
    Clock clock,
    @Nullable String webhookUrl) {}
