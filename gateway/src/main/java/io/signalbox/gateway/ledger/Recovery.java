package io.signalbox.gateway.ledger;

/**
 * What a start found.
 *
 * @param brokenOff attempts that had begun and not ended: their outcome is unknown now
 * @param open notifications that still want work
 * @param greatestKey the greatest key in use; 0 if there is none
 */
public record Recovery(long brokenOff, long open, long greatestKey) {}
