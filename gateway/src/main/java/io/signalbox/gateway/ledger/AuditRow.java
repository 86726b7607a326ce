package io.signalbox.gateway.ledger;

/**
 * A line of the audit log in its chain.
 *
 * @param seq its number: lines are counted from 1 without gaps; 0 and less for lines from before
 *     there was a chain, which have no hashes
 * @param scope whom it concerns, a wire name of {@link AuditScope}
 * @param previousHash the hash of the line before
 * @param hash its own, see {@link AuditChain}
 */
public record AuditRow(
    long seq, String scope, AuditEntry entry, String previousHash, String hash) {}
