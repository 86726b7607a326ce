package io.signalbox.gateway.ledger;

import java.util.List;

/**
 * Receipts that have found their attempt late.
 *
 * @param found what they have brought about
 * @param newest the number of the newest receipt that was stored by then
 * @param more whether there are more than were dealt with at once
 */
public record LateMatches(List<Match> found, long newest, boolean more) {

  /** Copies the list. */
  public LateMatches {
    found = List.copyOf(found);
  }

  /** The effects of a message's receipts. */
  public record Match(String provider, List<ReceiptEffect> effects) {
    /** Copies the list. */
    public Match {
      effects = List.copyOf(effects);
    }
  }
}
