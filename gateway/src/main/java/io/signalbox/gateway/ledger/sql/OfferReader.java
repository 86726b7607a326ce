package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.OfferLedger.KnownOffers;
import io.signalbox.gateway.ledger.OfferLedger.OfferSync;
import io.signalbox.gateway.ledger.OfferLedger.StoredOffer;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.Price;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code number_offers} and {@code number_syncs}. */
final class OfferReader {
  private final SqlStatement wanted;
  private final SqlStatement syncs;

  OfferReader(SqlConnection connection) throws SQLException {
    wanted =
        connection.prepare(
            "SELECT provider, stock, price_micros, price_currency, free_micros, free_currency, "
                + connection.millis("seen_at")
                + " FROM number_offers WHERE country = ? AND service = ?");
    syncs =
        connection.prepare(
            "SELECT provider, "
                + connection.millis("synced_at")
                + ", offers, complete FROM number_syncs ORDER BY provider");
  }

  KnownOffers offers(String country, String service) throws SQLException {
    wanted.setString(1, country);
    wanted.setString(2, service);
    List<StoredOffer> found = new ArrayList<>();
    try (SqlRows row = wanted.query()) {
      while (row.next()) {
        NumberOffer offer =
            new NumberOffer(country, service, row.getInt(2), price(row, 3), price(row, 5));
        found.add(new StoredOffer(row.getString(1), offer, row.getLong(7)));
      }
    }
    return new KnownOffers(found, syncs());
  }

  private static @Nullable Price price(SqlRows row, int index) throws SQLException {
    long micros = row.getLong(index);
    String currency = row.getText(index + 1);
    return currency == null ? null : new Price(Micros.amount(micros), currency);
  }

  List<OfferSync> syncs() throws SQLException {
    List<OfferSync> found = new ArrayList<>();
    try (SqlRows row = syncs.query()) {
      while (row.next()) {
        found.add(new OfferSync(row.getString(1), row.getLong(2), row.getInt(3), row.getFlag(4)));
      }
    }
    return found;
  }
}
