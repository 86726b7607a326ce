package io.signalbox.gateway.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Which lines of the audit log are asked for; null for a text leaves it open.
 *
 * @param tenant whose
 * @param gatewayToo also those that concern the whole gateway, or of which no tenant is known
 * @param action all of it, or what it begins with before a dot, such as {@code provider}
 * @param actor who did it
 * @param target what it was done to
 * @param fromMillis not before then
 * @param untilMillis before then
 */
public record AuditFilter(
    String tenant,
    boolean gatewayToo,
    @Nullable String action,
    @Nullable String actor,
    @Nullable String target,
    long fromMillis,
    long untilMillis) {}
