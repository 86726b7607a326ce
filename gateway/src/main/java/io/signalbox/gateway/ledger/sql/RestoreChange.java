package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.Addressee;
import io.signalbox.gateway.ledger.Cancellation;
import io.signalbox.gateway.ledger.Cancellation.Kind;
import io.signalbox.gateway.ledger.RestoreLedger.Restoration;
import io.signalbox.gateway.ledger.RestoreLedger.Restored;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.SendNotification;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes over notifications that were accepted elsewhere. Whoever was taken over before, because the
 * answer of that commit was lost or the spool did not forget it, is found by its id and left alone.
 * What was accepted before an order to forget its recipient is stored empty, and called back.
 */
final class RestoreChange implements Change<List<Restored>> {
  private static final String EVENT = "spooled";
  private static final String KEY_REUSED = "idempotency_key_reused";

  private final List<Item> items;
  private final Contents contents;
  private final long nowMillis;

  /** What was accepted later falls under no order to forget somebody. */
  private long lastErasureMillis;

  private RestoreChange(List<Item> items, Contents contents, long nowMillis) {
    this.items = items;
    this.contents = contents;
    this.nowMillis = nowMillis;
  }

  /** Prepares the change on the caller's thread. */
  static RestoreChange of(List<Restoration> restorations, Contents contents, long nowMillis) {
    return new RestoreChange(
        restorations.stream().map(one -> Item.of(one, contents)).toList(), contents, nowMillis);
  }

  /** How many bytes of content it holds. */
  long bytes() {
    return items.stream().mapToLong(item -> item.request().content().length()).sum();
  }

  @Override
  public List<Restored> apply(WriteSession session) throws SQLException {
    List<Long> keys = items.stream().map(item -> item.request().id().key()).toList();
    Map<Long, NotificationRow> rows = session.notifications().findAll(keys);
    Set<NotificationId> aliases = session.aliases().withKeys(keys);
    List<Restored> results = new ArrayList<>(items.size());
    Claims claims = new Claims(session);
    lastErasureMillis = items.isEmpty() ? 0 : session.erasures().lastAskedMillis();
    for (Item item : items) {
      NotificationId id = item.request().id();
      NotificationRow row = rows.get(id.key());
      boolean known = aliases.contains(id) || (row != null && row.id().equals(id));
      results.add(known ? Restored.KNOWN : restore(session, item, row != null, claims));
    }
    return results;
  }

  private Restored restore(WriteSession session, Item item, boolean keyTaken, Claims claims)
      throws SQLException {
    AcceptRequest given = item.request();
    AcceptRequest request = keyTaken ? given.withId(item.spare()) : given;
    AcceptChange.Item whole =
        keyTaken
            // Sealed anew: what is sealed is bound to its id.
            ? AcceptChange.Item.of(request, contents, item.accept().digest())
            : item.accept();
    long erasure = erasureOf(session, request);
    AcceptChange.Item accept = erasure == 0 ? whole : whole.emptied();
    AcceptResult result = AcceptChange.accept(session, accept, claims);
    if (result instanceof AcceptResult.Duplicate duplicate) {
      lead(session, given, duplicate.id());
      return Restored.DUPLICATE;
    }
    if (keyTaken) {
      lead(session, given, request.id());
    }
    boolean reused = result instanceof AcceptResult.KeyReused;
    if (reused) {
      AcceptChange.storeFailed(session, accept, KEY_REUSED);
    } else {
      session.events().insert(request.id().key(), nowMillis, EVENT, null);
    }
    if (erasure != 0) {
      forget(session, request, erasure);
    }
    return reused
        ? Restored.KEY_REUSED
        : result instanceof AcceptResult.Suppressed ? Restored.SUPPRESSED : Restored.STORED;
  }

  /** The order to forget its recipient that came after it, done or not; 0 if there is none. */
  private long erasureOf(WriteSession session, AcceptRequest request) throws SQLException {
    SendNotification notification = request.notification();
    if (request.acceptedAtMillis() > lastErasureMillis) {
      return 0;
    }
    long found = 0;
    for (Recipient recipient : notification.recipients()) {
      String address = Addressee.normal(recipient.address());
      String hash = session.hashes().find(notification.tenant(), address);
      if (hash != null) {
        long erasure =
            session.erasures().covering(notification.tenant(), hash, request.acceptedAtMillis());
        found = Math.max(found, erasure);
      }
    }
    return found;
  }

  /** It is stored without its content, and not sent. */
  private void forget(WriteSession session, AcceptRequest request, long erasure)
      throws SQLException {
    Cancellation end =
        new CancelChange(request.notification().tenant(), request.id(), nowMillis).apply(session);
    session.events().insert(request.id().key(), nowMillis, EraseChange.ERASED, null);
    session.erasures().countLate(erasure, end.kind() == Kind.CANCELLED);
  }

  private void lead(WriteSession session, AcceptRequest given, NotificationId to)
      throws SQLException {
    session.aliases().insert(given.id(), given.notification().tenant(), to, nowMillis);
  }

  /**
   * One of them.
   *
   * @param accept how it would be accepted
   * @param spare its id if the key of its own is taken
   */
  private record Item(AcceptChange.Item accept, NotificationId spare) {
    static Item of(Restoration restoration, Contents contents) {
      return new Item(AcceptChange.Item.of(restoration.request(), contents), restoration.spare());
    }

    AcceptRequest request() {
      return accept.request();
    }
  }
}
