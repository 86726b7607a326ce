package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.LateMatches.Match;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.ledger.sql.LateReader.Late;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Lets receipts take effect that have found their attempt late. */
record MatchLateChange(List<Late> found, long nowMillis) implements Change<List<Match>> {

  @Override
  public void foresee(Foresight foresight) {
    found.forEach(late -> foresight.notification(late.attempt().notification()));
  }

  @Override
  public List<Match> apply(WriteSession session) throws SQLException {
    List<Match> matches = new ArrayList<>();
    for (Late late : found) {
      // Locked from here on: whoever matches them too waits.
      if (session.notifications().find(late.attempt().notification()) != null) {
        List<ReceiptEffect> effects =
            Receipts.matchEarly(
                session,
                late.attempt(),
                late.provider(),
                late.message(),
                new Arrival(nowMillis, false));
        matches.add(new Match(late.provider(), effects));
      }
    }
    return matches;
  }
}
