package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Job;
import io.signalbox.gateway.ledger.LateMatches;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.ledger.ReceiptsJson;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.UnprocessedWebhooks;
import io.signalbox.gateway.ledger.WebhookBacklog;
import io.signalbox.gateway.ledger.WebhookBody;
import io.signalbox.gateway.ledger.WebhookInbox;
import io.signalbox.gateway.ledger.WebhookSlice;
import io.signalbox.gateway.ledger.sql.LateReader.Late;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The inbox of the ledger, in the same store. */
final class SqlWebhookInbox implements WebhookInbox {
  private static final Logger LOG = LoggerFactory.getLogger(SqlWebhookInbox.class);
  private static final int PAGE = 4_096;
  private static final int DELETED_BODIES = 64;
  private static final long DELETED_BYTES = 512 << 10;

  private final Store store;

  SqlWebhookInbox(Store store) {
    this.store = store;
  }

  @Override
  public Future<Long> store(WebhookBody body) {
    Seal seal = store.contents().seal();
    String about = WebhookTable.about(body.provider(), body.receivedAtMillis());
    byte[] raw = seal.seal(body.body().getBytes(), about);
    byte[] receipts =
        body.receipts().isEmpty()
            ? new byte[0]
            : seal.seal(ReceiptsJson.write(body.receipts()), about);
    List<byte[]> bookings = BookingEventTable.sealed(body, seal);
    long bytes =
        (long) raw.length
            + receipts.length
            + bookings.stream().mapToLong(each -> each.length).sum();
    return store
        .writer()
        .submit(
            Change.keepingRows(
                session -> {
                  long id = session.webhooks().insert(body, raw);
                  if (!body.receipts().isEmpty()) {
                    session.webhooks().insertWork(id, body, receipts);
                  }
                  session.bookingEvents().insert(id, body, bookings);
                  return id;
                }),
            weight(bytes),
            bytes);
  }

  /** Others wait for a commit by its pages. */
  private static int weight(long bytes) {
    return 1 + (int) (bytes / PAGE);
  }

  @Override
  public Future<List<List<ReceiptEffect>>> process(List<WebhookSlice> slices) {
    ProcessChange change = new ProcessChange(List.copyOf(slices));
    return store.writer().submit(change, Math.max(1, change.receipts()));
  }

  @Override
  public Future<Void> setAside(long webhook, String why) {
    return setAside(List.of(webhook), why);
  }

  private Future<Void> setAside(List<Long> webhooks, String why) {
    return store
        .writer()
        .submit(
            session -> {
              for (long webhook : webhooks) {
                session.webhooks().setAside(webhook, why);
              }
              return webhooks;
            },
            webhooks.size())
        .mapEmpty();
  }

  @Override
  public Future<Integer> takeUpSetAside() {
    return store.writer().submit(session -> session.webhooks().takeUpSetAside(), 1);
  }

  @Override
  public Future<UnprocessedWebhooks> unprocessed(int maxReceipts, Set<Long> skip) {
    Set<Long> has = Set.copyOf(skip);
    return store
        .readers()
        .read(session -> session.webhooks().unprocessed(maxReceipts, has))
        .compose(this::withoutUnreadable);
  }

  /** If they cannot be set aside now, the next call finds them again. */
  private Future<UnprocessedWebhooks> withoutUnreadable(WebhookReader.Found found) {
    if (found.unreadable().isEmpty()) {
      return Future.succeededFuture(found.webhooks());
    }
    return setAside(found.unreadable(), "unreadable")
        .otherwise(
            failure -> {
              LOG.warn("unreadable webhooks still wait: {}", failure.getMessage());
              return null;
            })
        .map(done -> found.webhooks());
  }

  @Override
  public boolean matchesLate() {
    return !store.engine().nodes().share().alone() && store.engine().leases().holds(Job.MATCHING);
  }

  @Override
  public Future<LateMatches> matchLate(long after, long nowMillis) {
    return store
        .readers()
        .read(
            session ->
                new LateFound(
                    after < 0 ? List.of() : session.late().late(after), session.late().newest()))
        .compose(found -> match(found, nowMillis));
  }

  private Future<LateMatches> match(LateFound found, long nowMillis) {
    return found.late().isEmpty()
        ? Future.succeededFuture(new LateMatches(List.of(), found.newest(), false))
        : store
            .writer()
            .submit(new MatchLateChange(found.late(), nowMillis), found.late().size())
            .map(
                matches ->
                    new LateMatches(
                        matches,
                        found.newest(),
                        !matches.isEmpty() && found.late().size() >= LateReader.MOST));
  }

  private record LateFound(List<Late> late, long newest) {}

  @Override
  public Future<WebhookBacklog> waiting() {
    return store.readers().read(session -> session.webhooks().waiting());
  }

  @Override
  public Future<Integer> deleteBodies(long beforeMillis) {
    return store.delete(
        session ->
            session
                .webhooks()
                .deleteOld(
                    beforeMillis, DELETED_BODIES, DELETED_BYTES, session.bookingEvents()::delete),
        weight(DELETED_BYTES));
  }
}
