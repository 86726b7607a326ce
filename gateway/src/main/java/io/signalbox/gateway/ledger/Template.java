package io.signalbox.gateway.ledger;

/**
 * A version of a template, which never changes.
 *
 * @param name unique in the tenant
 * @param version counts from 1, also over a removal of the template
 * @param createdAtMillis since when there is this version
 * @param createdBy who wrote it
 */
public record Template(
    String tenant,
    String name,
    int version,
    TemplateDocument document,
    long createdAtMillis,
    String createdBy) {}
