package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.OfferLedger;
import io.signalbox.gateway.ledger.OfferLedger.OfferSync;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.Price;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The writer's statements on {@code number_offers} and {@code number_syncs}. */
final class OfferTable {
  private final SqlStatement put;
  private final SqlStatement remove;
  private final SqlStatement sync;
  private final SqlStatement forget;
  private final SqlStatement known;

  OfferTable(SqlConnection connection) throws SQLException {
    put =
        connection.prepare(
            """
            INSERT INTO number_offers (provider, country, service, stock, price_micros,
              price_currency, free_micros, free_currency, seen_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (provider, country, service) DO UPDATE SET stock = excluded.stock,
              price_micros = excluded.price_micros, price_currency = excluded.price_currency,
              free_micros = excluded.free_micros, free_currency = excluded.free_currency,
              seen_at = excluded.seen_at""");
    remove =
        connection.prepare(
            """
            DELETE FROM number_offers WHERE provider = ?1 AND (country, service) IN (
              SELECT country, service FROM number_offers
              WHERE provider = ?1 AND seen_at < ?2 LIMIT\s"""
                + OfferLedger.MOST_AT_ONCE
                + ")");
    sync =
        connection.prepare(
            """
            INSERT INTO number_syncs (provider, synced_at, offers, complete) VALUES (?, ?, ?, ?)
            ON CONFLICT (provider) DO UPDATE SET synced_at = excluded.synced_at,
              offers = excluded.offers, complete = excluded.complete""");
    known =
        connection.prepare("SELECT 1 FROM number_offers WHERE country = ? AND service = ? LIMIT 1");
    forget = connection.prepare("DELETE FROM number_syncs WHERE provider = ?");
  }

  void put(String provider, NumberOffer offer, long seenAtMillis) throws SQLException {
    put.setString(1, provider);
    put.setString(2, offer.country());
    put.setString(3, offer.service());
    put.setInt(4, offer.stock());
    bind(5, offer.price());
    bind(7, offer.lowestFreePrice());
    put.setTime(9, seenAtMillis);
    put.execute();
  }

  /** Whether any provider ever had it to rent. */
  boolean isKnown(String country, String service) throws SQLException {
    known.setString(1, country);
    known.setString(2, service);
    try (SqlRows row = known.query()) {
      return row.next();
    }
  }

  private void bind(int index, @Nullable Price price) throws SQLException {
    Columns.bind(put, index, price == null ? null : (Long) Micros.of(price.amount()));
    Columns.bind(put, index + 1, price == null ? null : price.currency());
  }

  /** Removes some of a provider's offers that were seen before; returns how many. */
  int remove(String provider, long beforeMillis) throws SQLException {
    remove.setString(1, provider);
    remove.setTime(2, beforeMillis);
    return remove.update();
  }

  void put(OfferSync done) throws SQLException {
    sync.setString(1, done.provider());
    sync.setTime(2, done.atMillis());
    sync.setInt(3, done.offers());
    sync.setFlag(4, done.complete());
    sync.execute();
  }

  void forget(String provider) throws SQLException {
    forget.setString(1, provider);
    forget.execute();
  }
}
