package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Addressee;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.Suppression;
import io.signalbox.gateway.ledger.Suppression.Origin;
import io.signalbox.gateway.ledger.SuppressionLedger.Listed;
import io.signalbox.gateway.ledger.SuppressionLedger.Wish;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Recipient;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The writer's statements on {@code suppressions}. A question about a recipient that is not on the
 * list, as nearly all are, costs no statement.
 */
final class SuppressionTable {
  private final SqlConnection connection;
  private final SqlStatement find;
  private final SqlStatement drop;
  private final SqlStatement put;
  private final SqlStatement remove;
  private final SqlStatement all;
  private final SqlStatement entry;
  private final SqlStatement hide;
  private final SqlStatement unsealed;
  private final SqlStatement cover;
  private final Seal seal;
  private final RecipientHashes hashes;
  private final AddressFilter listed;

  SuppressionTable(
      SqlConnection connection, Seal seal, RecipientHashes hashes, AddressFilter listed)
      throws SQLException {
    this.connection = connection;
    this.seal = seal;
    this.hashes = hashes;
    this.listed = listed;
    find =
        connection.prepare(
            "SELECT "
                + SuppressionReader.COLUMNS
                + ", removed_at FROM suppressions"
                + " WHERE recipient = ? AND channel = ? AND tenant = ?");
    drop =
        connection.prepare(
            "DELETE FROM suppressions WHERE recipient = ? AND channel = ? AND tenant = ?");
    put =
        connection.prepare(
            """
            INSERT INTO suppressions (tenant, channel, recipient, reason, source,
              provider, notification, note, created_by, created_at, sealed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
    remove =
        connection.prepare(
            "UPDATE suppressions SET removed_at = ?, removed_by = ?"
                + " WHERE id = ? AND tenant = ? AND removed_at IS NULL");
    entry =
        connection.prepare(
            "SELECT "
                + SuppressionReader.COLUMNS
                + " FROM suppressions WHERE id = ? AND tenant = ? AND removed_at IS NULL");
    hide =
        connection.prepare(
            "UPDATE suppressions SET recipient = ?1, sealed = NULL, note = NULL"
                + " WHERE tenant = ?2 AND recipient IN (?3, ?1)");
    unsealed =
        connection.prepare(
            "SELECT id, tenant, channel, recipient FROM suppressions"
                + " WHERE id > ? AND sealed IS NULL ORDER BY id LIMIT ?");
    cover =
        connection.prepare(
            "UPDATE suppressions SET recipient = ?, sealed = ? WHERE id = ? AND sealed IS NULL");
    all =
        connection.prepare(
            "SELECT tenant, channel, recipient, id FROM suppressions"
                + " WHERE id > ? AND removed_at IS NULL");
  }

  /**
   * Reads whom the list holds: all of it once in the life of the filter, then what other gateways
   * have put there; called at the begin of every transaction. Who is put on the list holds the
   * topic until the commit, so that entries become visible in the order of their ids.
   */
  void load() throws SQLException {
    long revision = connection.revision(SqlTopic.SUPPRESSIONS);
    if (listed.isComplete(revision)) {
      return;
    }
    all.setLong(1, listed.greatestId());
    long greatest = listed.greatestId();
    try (SqlRows row = all.stream()) {
      while (row.next()) {
        listed.add(
            new Addressee(row.getString(1), Channel.ofCode(row.getInt(2)), row.getString(3)));
        greatest = Math.max(greatest, row.getLong(4));
      }
    }
    listed.complete(revision, greatest);
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
    if (!listed.mayHold(addressee) && !mayHoldHash(addressee)) {
      return null;
    }
    Row row = find(addressee);
    return row == null || row.removedAtMillis() != null ? null : row.entry().reason();
  }

  private boolean mayHoldHash(Addressee addressee) throws SQLException {
    String hash = listed.hasHashes() ? hashes.find(addressee.tenant(), addressee.address()) : null;
    return hash != null
        && listed.mayHold(new Addressee(addressee.tenant(), addressee.channel(), hash));
  }

  /**
   * Leaves nothing but the hash of a recipient, on all channels; returns how many entries there
   * are. They go on to hold.
   */
  long hide(String tenant, String address) throws SQLException {
    String hash = hashes.of(tenant, address);
    connection.touch(SqlTopic.SUPPRESSIONS);
    hide.setString(1, hash);
    hide.setString(2, tenant);
    hide.setString(3, address);
    int hidden = hide.update();
    if (hidden > 0) {
      for (Channel channel : Channel.values()) {
        listed.add(new Addressee(tenant, channel, hash));
      }
    }
    return hidden;
  }

  /**
   * Seals entries that were made before there were keys.
   *
   * @return the last entry that was looked at; -1 if there is none behind the given one
   */
  long sealSome(long after, int limit) throws SQLException {
    unsealed.setLong(1, after);
    unsealed.setInt(2, limit);
    List<Addressee> found = new ArrayList<>();
    List<Long> ids = new ArrayList<>();
    try (SqlRows row = unsealed.query()) {
      while (row.next()) {
        ids.add(row.getLong(1));
        found.add(new Addressee(row.getString(2), Channel.ofCode(row.getInt(3)), row.getString(4)));
      }
    }
    for (int i = 0; i < found.size(); i++) {
      Addressee each = found.get(i);
      if (!each.address().startsWith(RecipientHashes.PREFIX)) {
        String hash = hashes.of(each.tenant(), each.address());
        cover.setString(1, hash);
        cover.setString(2, sealed(each));
        cover.setLong(3, ids.get(i));
        cover.execute();
        listed.add(new Addressee(each.tenant(), each.channel(), hash));
      }
    }
    return ids.isEmpty() ? -1 : ids.get(ids.size() - 1);
  }

  private String sealed(Addressee addressee) {
    return seal.sealText(
        addressee.address(),
        SuppressionReader.about(addressee.tenant(), addressee.channel().code()));
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
    listed.add(put(wish, nowMillis));
    Row added = find(wish.addressee());
    if (added == null) {
      throw new SQLException("an entry of the suppression list vanished inside a transaction");
    }
    return Optional.of(new Listed(added.entry(), true));
  }

  /** Takes an entry off the list; null if the tenant's list has none of that id. */
  @Nullable Suppression remove(String tenant, long id, String actor, long nowMillis)
      throws SQLException {
    Suppression found = find(tenant, id);
    remove.setTime(1, nowMillis);
    remove.setString(2, actor);
    remove.setLong(3, id);
    remove.setString(4, tenant);
    return found != null && remove.update() == 1 ? found : null;
  }

  private @Nullable Suppression find(String tenant, long id) throws SQLException {
    entry.setLong(1, id);
    entry.setString(2, tenant);
    try (SqlRows row = entry.query()) {
      return row.next() ? SuppressionReader.entry(row, seal) : null;
    }
  }

  /**
   * A recipient that comes back to the list gets an entry of its own: an id is used once.
   *
   * @return as whom it is found
   */
  private Addressee put(Wish wish, long nowMillis) throws SQLException {
    connection.touch(SqlTopic.SUPPRESSIONS);
    Addressee addressee = wish.addressee();
    String hash = hashes.find(addressee.tenant(), addressee.address());
    if (hash != null) {
      bind(drop, addressee, hash);
      drop.execute();
    }
    bind(drop, addressee, addressee.address());
    drop.execute();
    String stored =
        seal.seals() ? hashes.of(addressee.tenant(), addressee.address()) : addressee.address();
    Origin origin = wish.origin();
    put.setString(1, addressee.tenant());
    put.setInt(2, addressee.channel().code());
    put.setString(3, stored);
    put.setString(4, wish.reason().wireName());
    put.setString(5, origin.source().wireName());
    Columns.bind(put, 6, origin.provider());
    Columns.bind(put, 7, origin.notification());
    Columns.bind(put, 8, origin.note());
    Columns.bind(put, 9, origin.createdBy());
    put.setTime(10, nowMillis);
    Columns.bind(put, 11, seal.seals() ? sealed(addressee) : null);
    put.execute();
    return new Addressee(addressee.tenant(), addressee.channel(), stored);
  }

  private @Nullable Row find(Addressee addressee) throws SQLException {
    Row row = find(addressee, addressee.address());
    String hash = row == null ? hashes.find(addressee.tenant(), addressee.address()) : null;
    return hash == null ? row : find(addressee, hash);
  }

  private @Nullable Row find(Addressee addressee, String stored) throws SQLException {
    bind(find, addressee, stored);
    try (SqlRows row = find.query()) {
      if (!row.next()) {
        return null;
      }
      Suppression entry = SuppressionReader.entry(row, seal);
      long removedAt = row.getLong(13);
      return new Row(entry, row.wasNull() ? null : (Long) removedAt);
    }
  }

  private static void bind(SqlStatement statement, Addressee addressee, String stored)
      throws SQLException {
    statement.setString(1, stored);
    statement.setInt(2, addressee.channel().code());
    statement.setString(3, addressee.tenant());
  }

  /** An entry, and when it was taken off; null while it holds. */
  private record Row(Suppression entry, @Nullable Long removedAtMillis) {}
}
