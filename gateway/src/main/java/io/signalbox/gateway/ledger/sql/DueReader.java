package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Backlog;
import io.signalbox.gateway.ledger.DueAmong;
import io.signalbox.gateway.ledger.DueWork;
import io.signalbox.gateway.ledger.sql.UnreadableChange.Unreadable;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.intake.SendNotification;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what wants work, through the index of due notifications. */
final class DueReader {
  private static final Logger LOG = LoggerFactory.getLogger(DueReader.class);
  private static final int MAX_UNREADABLE = 1_000;
  private static final byte[] NOTHING = {};

  private static final String DUE =
      """
      SELECT id, random, tenant, accepted_at, state, retry_count, attempts, content,
        COALESCE(replayed_at, accepted_at), replayed_after, lane, traceparent
      FROM notifications
      WHERE due_at IS NOT NULL AND lane = ?1 AND due_at <= ?2
      """;

  /** See {@link io.signalbox.gateway.model.NodeShare#has}. */
  private static final String OF_SHARE =
      "AND ((CAST(?4 AS BIGINT) >> CAST(random & 63 AS INTEGER)) & 1) = 1\n";

  private static final String ORDER = "ORDER BY due_at, id LIMIT ?3";
  private static final long ALL_BUCKETS = -1;

  private final SqlStatement due;
  private final SqlStatement dueOfShare;
  private final SqlStatement ofIds;
  private final boolean manyAtOnce;
  private final SqlStatement backlog;
  private final SqlStatement first;
  private final SqlStatement open;
  private final SqlStatement unknown;
  private final SqlStatement greatest;
  private final AttemptReader attempts;

  DueReader(SqlConnection connection, AttemptReader attempts) throws SQLException {
    this.attempts = attempts;
    // Rows are read one by one until enough are found, in the order of the index; the LIMIT only
    // tells the store how few of them that will be.
    due = connection.prepare(DUE + ORDER);
    dueOfShare = connection.prepare(DUE + OF_SHARE + ORDER);
    manyAtOnce = connection.readsAhead();
    ofIds =
        connection.prepare(
            """
            SELECT id, random, tenant, accepted_at, state, retry_count, attempts, content,
              COALESCE(replayed_at, accepted_at), replayed_after, lane, traceparent
            FROM notifications
            WHERE due_at IS NOT NULL AND due_at <= ?1 AND id ="""
                + (manyAtOnce ? " ANY(?2) ORDER BY id" : " ?2"));
    backlog =
        connection.prepare(
            """
            SELECT lane, SUM(CASE WHEN due_at <= ?1 THEN 1 ELSE 0 END),
              SUM(CASE WHEN due_at > ?1 THEN 1 ELSE 0 END), MIN(due_at)
            FROM notifications WHERE due_at IS NOT NULL GROUP BY lane""");
    first =
        connection.prepare(
            "SELECT due_at FROM notifications WHERE due_at IS NOT NULL AND lane = ?1"
                + " ORDER BY due_at LIMIT 1");
    backlog.throughIndexes();
    first.throughIndexes();
    open = connection.prepare("SELECT COUNT(*) FROM notifications WHERE due_at IS NOT NULL");
    unknown =
        connection.prepare(
            "SELECT COUNT(*) FROM notifications WHERE state = 2 AND due_at IS NOT NULL");
    greatest = connection.prepare("SELECT MAX(id) FROM notifications");
  }

  Due due(Contents contents, Wanted wanted) throws SQLException {
    SqlStatement asked = wanted.buckets() == ALL_BUCKETS ? due : dueOfShare;
    asked.setInt(1, wanted.lane().code());
    asked.setTime(2, wanted.nowMillis());
    asked.setLong(3, wanted.limit() + wanted.skip().size() + MAX_UNREADABLE + 1L);
    if (wanted.buckets() != ALL_BUCKETS) {
      asked.setLong(4, wanted.buckets());
    }
    List<WorkItem> items = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    long bytes = 0;
    boolean more = false;
    try (SqlRows row = asked.stream()) {
      while (!more && row.next()) {
        NotificationId id = new NotificationId(row.getLong(1), row.getLong(2));
        if (wanted.skip().contains(id)) {
          continue;
        }
        more = items.size() >= wanted.limit() || unreadable.size() >= MAX_UNREADABLE;
        byte[] content = more ? NOTHING : row.getBytes(8);
        bytes += content.length;
        more |= bytes > wanted.maxBytes() && !items.isEmpty();
        if (!more) {
          read(contents, wanted.lane(), id, row, content, items, unreadable);
        }
      }
    }
    return new Due(new DueWork(items, more), unreadable);
  }

  private void read(
      Contents contents,
      Lane lane,
      NotificationId id,
      SqlRows row,
      byte[] content,
      List<WorkItem> items,
      List<Unreadable> unreadable)
      throws SQLException {
    int count = row.getInt(7);
    SendNotification notification;
    try {
      notification = contents.read(content, row.getString(3), id.key(), row.getLong(4));
    } catch (RuntimeException e) {
      boolean keyMissing = contents.seal().isMissingKeyOf(content);
      LOG.error("the content of notification {} cannot be read: {}", id, Contents.why(e));
      unreadable.add(new Unreadable(id, count, keyMissing));
      return;
    }
    List<PastAttempt> past = count == 0 ? List.of() : attempts.past(id.key(), row.getInt(10));
    items.add(
        new WorkItem(
            id,
            notification,
            row.getLong(9),
            lane.kind().batch(),
            NotificationState.ofCode(row.getInt(5)),
            row.getInt(6),
            past,
            Map.of(),
            content.length,
            Columns.trace(row, 12, id)));
  }

  Among among(Contents contents, Set<NotificationId> ids, long nowMillis, long maxBytes)
      throws SQLException {
    AmongReading reading = new AmongReading(contents, ids, maxBytes);
    ofIds.setTime(1, nowMillis);
    SortedSet<Long> keys = new TreeSet<>();
    ids.forEach(id -> keys.add(id.key()));
    if (manyAtOnce) {
      ofIds.setLongs(2, keys);
      reading.take();
    } else {
      for (long key : keys) {
        ofIds.setLong(2, key);
        reading.take();
      }
    }
    return new Among(new DueAmong(reading.items, reading.left), reading.unreadable);
  }

  /** Answers of the statement for some ids, gathered. */
  private final class AmongReading {
    private final Contents contents;
    private final Set<NotificationId> ids;
    private final List<WorkItem> items = new ArrayList<>();
    private final Set<NotificationId> left = new HashSet<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private long bytesLeft;

    AmongReading(Contents contents, Set<NotificationId> ids, long maxBytes) {
      this.contents = contents;
      this.ids = ids;
      this.bytesLeft = maxBytes;
    }

    void take() throws SQLException {
      // A few rows at a time: what there is no room for is not kept.
      try (SqlRows row = ofIds.stream()) {
        while (row.next()) {
          NotificationId id = new NotificationId(row.getLong(1), row.getLong(2));
          if (!ids.contains(id)) {
            continue;
          }
          byte[] content = row.getBytes(8);
          bytesLeft -= content.length;
          if (bytesLeft >= 0 || items.isEmpty()) {
            read(contents, Lane.ofCode(row.getInt(11)), id, row, content, items, unreadable);
          } else {
            left.add(id);
          }
        }
      }
    }
  }

  List<Backlog> backlog(long nowMillis) throws SQLException {
    backlog.setTime(1, nowMillis);
    List<Backlog> lanes = new ArrayList<>();
    try (SqlRows row = backlog.query()) {
      while (row.next()) {
        long dueNow = row.getLong(2);
        lanes.add(
            new Backlog(
                Lane.ofCode(row.getInt(1)),
                dueNow,
                row.getLong(3),
                dueNow == 0 ? 0 : row.getLong(4)));
      }
    }
    return lanes;
  }

  /** When the first of a lane is due; 0 if nothing waits there. */
  long firstDue(Lane lane) throws SQLException {
    first.setInt(1, lane.code());
    return single(first);
  }

  /** How many notifications want something done, now or later. */
  long open() throws SQLException {
    return single(open);
  }

  /** How many of them are under way, and wait to be known as sent or not. */
  long unknown() throws SQLException {
    return single(unknown);
  }

  /** The greatest key in use; 0 if there is none. */
  long greatestKey() throws SQLException {
    return single(greatest);
  }

  private static long single(SqlStatement statement) throws SQLException {
    try (SqlRows row = statement.query()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** What is asked for; see {@link io.signalbox.gateway.ledger.Ledger#due}. */
  record Wanted(
      Lane lane,
      long buckets,
      long nowMillis,
      int limit,
      long maxBytes,
      Set<NotificationId> skip) {}

  /** Which of some ids were found due, and what of them cannot be read. */
  record Among(DueAmong due, List<Unreadable> unreadable) {}

  /** What was found due, and what of it cannot be read. */
  record Due(DueWork work, List<Unreadable> unreadable) {}
}
