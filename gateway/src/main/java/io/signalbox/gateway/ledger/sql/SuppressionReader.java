package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Addressee;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.SealedException;
import io.signalbox.gateway.ledger.Suppression;
import io.signalbox.gateway.ledger.Suppression.Origin;
import io.signalbox.gateway.ledger.Suppression.Source;
import io.signalbox.gateway.ledger.SuppressionFilter;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Channel;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads entries of the suppression list. */
final class SuppressionReader {
  /** What {@link #entry} reads. */
  static final String COLUMNS =
      "id, tenant, channel, recipient, reason, source, provider, notification, note, created_by,"
          + " created_at, sealed";

  private static final String PAGE =
      "SELECT "
          + COLUMNS
          + """
           FROM suppressions
          WHERE tenant = ?1 AND id < ?2 AND removed_at IS NULL
            AND (CAST(?3 AS INTEGER) IS NULL OR channel = ?3)
            AND (CAST(?4 AS TEXT) IS NULL OR reason = ?4)
          """;

  private final Seal seal;
  private final RecipientHashes hashes;
  private final SqlStatement page;
  private final SqlStatement ofRecipient;

  SuppressionReader(SqlConnection connection, Seal seal, RecipientHashes hashes)
      throws SQLException {
    this.seal = seal;
    this.hashes = hashes;
    page = connection.prepare(PAGE + "ORDER BY id DESC LIMIT ?5");
    // The plus sign keeps the order from being taken from the key instead of from the address.
    ofRecipient = connection.prepare(PAGE + "AND recipient IN (?6, ?7) ORDER BY +id DESC LIMIT ?5");
  }

  List<Suppression> page(SuppressionFilter filter, long before, int limit) throws SQLException {
    String recipient = filter.recipient();
    SqlStatement statement = recipient == null ? page : ofRecipient;
    statement.setString(1, filter.tenant());
    statement.setLong(2, before);
    Channel channel = filter.channel();
    Columns.bind(statement, 3, channel == null ? null : (Long) (long) channel.code());
    SuppressionReason reason = filter.reason();
    Columns.bind(statement, 4, reason == null ? null : reason.wireName());
    statement.setInt(5, limit);
    if (recipient != null) {
      String hash = hashes.find(filter.tenant(), recipient);
      statement.setString(6, recipient);
      statement.setString(7, hash == null ? recipient : hash);
    }
    List<Suppression> found = new ArrayList<>();
    try (SqlRows row = statement.query()) {
      while (row.next()) {
        found.add(entry(row, seal));
      }
    }
    return found;
  }

  /** The entry of a row that begins with {@link #COLUMNS}. */
  static Suppression entry(SqlRows row, Seal seal) throws SQLException {
    String tenant = row.getString(2);
    int channel = row.getInt(3);
    return new Suppression(
        row.getLong(1),
        new Addressee(
            tenant,
            Channel.ofCode(channel),
            address(row.getString(4), Columns.text(row, 12), about(tenant, channel), seal)),
        SuppressionReason.find(row.getString(5)).orElse(SuppressionReason.MANUAL),
        new Origin(
            Source.find(row.getString(6)).orElse(Source.API),
            Columns.text(row, 7),
            Columns.text(row, 8),
            Columns.text(row, 9),
            Columns.text(row, 10)),
        row.getLong(11));
  }

  /** What a sealed recipient belongs to. */
  static String about(String tenant, int channel) {
    return "suppression:" + channel + ":" + tenant;
  }

  /** The recipient; the hash where it was erased, or its key is not there. */
  private static String address(String stored, @Nullable String sealed, String about, Seal seal) {
    try {
      return sealed == null ? stored : seal.openText(sealed, about);
    } catch (SealedException e) {
      return stored;
    }
  }
}
