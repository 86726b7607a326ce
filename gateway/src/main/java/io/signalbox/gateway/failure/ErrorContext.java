package io.signalbox.gateway.failure;

import org.jspecify.annotations.Nullable;

/**
 * What was being done when something went wrong. Holds no personal data and no secret: it stands in
 * the log.
 *
 * @param step what it was, as {@code request_type} of {@code provider_requests} says it: {@code
 *     rent}, {@code book}, {@code cancel} and so on, or what the gateway did itself: {@code
 *     request}, {@code store}
 * @param operationId of which operation; null if it is not known or there is none
 */
public record ErrorContext(String step, @Nullable String operationId) {}
