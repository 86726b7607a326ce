package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.Addressee;
import io.signalbox.gateway.ledger.Suppression;
import io.signalbox.gateway.ledger.Suppression.Origin;
import io.signalbox.gateway.ledger.SuppressionLedger.Listed;
import io.signalbox.gateway.ledger.SuppressionLedger.Wish;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Recipient;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The writer's statements on {@code suppressions}. A question about a recipient that is not on the
 * list, as nearly all are, costs no statement.
 */
final class SuppressionTable {
  private final PreparedStatement find;
  private final PreparedStatement put;
  private final PreparedStatement remove;
  private final PreparedStatement all;
  private final AddressFilter listed;

  SuppressionTable(Connection connection, AddressFilter listed) throws SQLException {
    this.listed = listed;
    find =
        connection.prepareStatement(
            "SELECT "
                + SuppressionReader.COLUMNS
                + ", removed_at FROM suppressions"
                + " WHERE recipient = ? AND channel = ? AND tenant = ?");
    put =
        connection.prepareStatement(
            """
            INSERT OR REPLACE INTO suppressions (tenant, channel, recipient, reason, source,
              provider, notification, note, created_by, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
    remove =
        connection.prepareStatement(
            "UPDATE suppressions SET removed_at = ?, removed_by = ?"
                + " WHERE id = ? AND tenant = ? AND removed_at IS NULL");
    all =
        connection.prepareStatement(
            "SELECT tenant, channel, recipient FROM suppressions WHERE removed_at IS NULL");
  }

  /**
   * Reads whom the list holds, once in the life of the filter; called at the begin of every
   * transaction.
   */
  void load() throws SQLException {
    if (listed.isComplete()) {
      return;
    }
    try (ResultSet row = all.executeQuery()) {
      while (row.next()) {
        listed.add(
            new Addressee(row.getString(1), Channel.ofCode(row.getInt(2)), row.getString(3)));
      }
    }
    listed.complete();
  }

  /** Whether nobody is on the list, for sure. */
  boolean isEmpty() {
    return listed.isEmpty();
  }

  /** Why nothing is sent to a recipient; null if nothing stands against it. */
  @Nullable SuppressionReason reasonAgainst(
      String tenant, Channel channel, @Nullable Recipient recipient) throws SQLException {
    if (recipient == null) {
      return null;
    }
    Addressee addressee = Addressee.of(tenant, channel, recipient);
    if (!listed.mayHold(addressee)) {
      return null;
    }
    Row row = find(addressee);
    return row == null || row.removedAtMillis() != null ? null : row.entry().reason();
  }

  /**
   * Puts a recipient on the list, unless it is there or was taken off after the fact.
   *
   * @param factMillis when it happened for which the recipient is put on the list
   * @return empty if it was taken off after that
   */
  Optional<Listed> add(Wish wish, long factMillis, long nowMillis) throws SQLException {
    Row row = find(wish.addressee());
    if (row != null) {
      Long removedAt = row.removedAtMillis();
      if (removedAt == null) {
        return Optional.of(new Listed(row.entry(), false));
      }
      if (factMillis < removedAt) {
        return Optional.empty();
      }
    }
    put(wish, nowMillis);
    listed.add(wish.addressee());
    Row added = find(wish.addressee());
    if (added == null) {
      throw new SQLException("an entry of the suppression list vanished inside a transaction");
    }
    return Optional.of(new Listed(added.entry(), true));
  }

  boolean remove(String tenant, long id, String actor, long nowMillis) throws SQLException {
    remove.setLong(1, nowMillis);
    remove.setString(2, actor);
    remove.setLong(3, id);
    remove.setString(4, tenant);
    return remove.executeUpdate() == 1;
  }

  private void put(Wish wish, long nowMillis) throws SQLException {
    Addressee addressee = wish.addressee();
    Origin origin = wish.origin();
    put.setString(1, addressee.tenant());
    put.setInt(2, addressee.channel().code());
    put.setString(3, addressee.address());
    put.setString(4, wish.reason().wireName());
    put.setString(5, origin.source().wireName());
    Columns.bind(put, 6, origin.provider());
    Columns.bind(put, 7, origin.notification());
    Columns.bind(put, 8, origin.note());
    Columns.bind(put, 9, origin.createdBy());
    put.setLong(10, nowMillis);
    put.executeUpdate();
  }

  private @Nullable Row find(Addressee addressee) throws SQLException {
    find.setString(1, addressee.address());
    find.setInt(2, addressee.channel().code());
    find.setString(3, addressee.tenant());
    try (ResultSet row = find.executeQuery()) {
      if (!row.next()) {
        return null;
      }
      Suppression entry = SuppressionReader.entry(row);
      long removedAt = row.getLong(12);
      return new Row(entry, row.wasNull() ? null : (Long) removedAt);
    }
  }

  /** An entry, and when it was taken off; null while it holds. */
  private record Row(Suppression entry, @Nullable Long removedAtMillis) {}
}
