package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.ApiKeyLedger;
import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.AuditLedger;
import io.signalbox.gateway.ledger.Backlog;
import io.signalbox.gateway.ledger.BookingInbox;
import io.signalbox.gateway.ledger.BreakerLedger;
import io.signalbox.gateway.ledger.CallLedger;
import io.signalbox.gateway.ledger.CallbackLedger;
import io.signalbox.gateway.ledger.CallbackQueue;
import io.signalbox.gateway.ledger.DegradationLedger;
import io.signalbox.gateway.ledger.DrillLedger;
import io.signalbox.gateway.ledger.DueAmong;
import io.signalbox.gateway.ledger.DueWork;
import io.signalbox.gateway.ledger.ErasureLedger;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.HistoryLedger;
import io.signalbox.gateway.ledger.Leases;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.ledger.LedgerReports;
import io.signalbox.gateway.ledger.LedgerStats;
import io.signalbox.gateway.ledger.LookupLedger;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.Nodes;
import io.signalbox.gateway.ledger.OfferLedger;
import io.signalbox.gateway.ledger.OperationLedger;
import io.signalbox.gateway.ledger.OrphanLedger;
import io.signalbox.gateway.ledger.PolicyUse;
import io.signalbox.gateway.ledger.PoolStats;
import io.signalbox.gateway.ledger.PreferenceLedger;
import io.signalbox.gateway.ledger.ProviderLedger;
import io.signalbox.gateway.ledger.QuotaLedger;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.ledger.Recovery;
import io.signalbox.gateway.ledger.RepeatedRequest;
import io.signalbox.gateway.ledger.RequestKeyLedger;
import io.signalbox.gateway.ledger.Resealing;
import io.signalbox.gateway.ledger.RestoreLedger;
import io.signalbox.gateway.ledger.RetentionLedger;
import io.signalbox.gateway.ledger.Settled;
import io.signalbox.gateway.ledger.Settlement;
import io.signalbox.gateway.ledger.SpoolLedger;
import io.signalbox.gateway.ledger.StalledWork;
import io.signalbox.gateway.ledger.SuppressionLedger;
import io.signalbox.gateway.ledger.TakenOver;
import io.signalbox.gateway.ledger.TemplateLedger;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.ledger.WebhookInbox;
import io.signalbox.gateway.ledger.sql.DueReader.Wanted;
import io.signalbox.gateway.ledger.sql.RecoverChange.Ended;
import io.signalbox.gateway.ledger.sql.Store.Outside;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.notification.NotificationCodec;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a store that speaks SQL. Changes are committed in groups by one writer's thread,
 * and are durable before their Futures succeed; reads go to a few reader's threads. If a commit
 * fails, its changes are reported as failed and the store takes them back; only if the answer of
 * the commit itself is lost, or does not come in time, may such a change turn out to be stored
 * after all.
 */
public final class SqlLedger implements Ledger {
  /** More idempotency keys than that are looked up beside what takes long, one after the other. */
  private static final int MOST_REPEATS_AT_ONCE = 16;

  private final Store store;
  private final Contents contents;
  private final DueWorkFinder dueWork;
  private final OperationLedger operations;

  private SqlLedger(Store store, Contents contents) {
    this.store = store;
    this.contents = contents;
    this.dueWork = new DueWorkFinder(store, contents);
    this.operations = new SqlOperationLedger(store);
  }

  /**
   * Opens the ledger of a store whose schema is up to date.
   *
   * @param engine the store; the ledger closes it
   * @param outlet where the events of committed changes are told
   */
  public static SqlLedger open(
      SqlEngine engine, SqlLedgerOptions options, NotificationCodec codec, EventOutlet outlet) {
    Contents contents = new Contents(options.seal(), codec);
    return started(new Store(engine, options, new Outside(contents, outlet)));
  }

  /** The ledger of a store that nobody has started. */
  static SqlLedger started(Store store) {
    store.start();
    return new SqlLedger(store, store.contents());
  }

  /** What the ledger has done since it was opened; cheap, for gauges. */
  public LedgerStats stats() {
    return store.writer().stats();
  }

  /** The connections to its store; cheap, for gauges. */
  public PoolStats connections() {
    return store.engine().connections().orElseGet(store.readers()::connections);
  }

  /** Succeeds if the store answers a reader; waits its turn as any read does. */
  public Future<Void> ping() {
    return store.readers().read(ReadSession::answers).mapEmpty();
  }

  /** Succeeds if the store takes a change, one that changes nothing. */
  public Future<Void> probe() {
    return store.writer().submit(WriteSession::probe, 1).mapEmpty();
  }

  /** Has somebody told of each commit from now on; there is one who is. */
  public void onCommit(CommitListener listener) {
    store.writer().tell(listener);
  }

  /** Has somebody told, on any thread, of each dead node whose work this one takes over. */
  public void onTakeOver(Consumer<TakenOver> listener) {
    store.takeOvers().listen(listener);
  }

  /** What people and the API ask of it. */
  public LedgerReports reports() {
    return new SqlReports(store, contents);
  }

  /** What was done, for back-tests. */
  public HistoryLedger history() {
    return new SqlHistoryLedger(store);
  }

  /** Callback endpoints and their logs. */
  public CallbackLedger callbacks() {
    return new SqlCallbackLedger(store, contents.seal());
  }

  /** What waits for callback endpoints. */
  public CallbackQueue callbackQueue() {
    return new SqlCallbackQueue(store);
  }

  /** The suppression list. */
  public SuppressionLedger suppressions() {
    return new SqlSuppressionLedger(store);
  }

  /** Routing preferences. */
  public PreferenceLedger preferences() {
    return new SqlPreferenceLedger(store);
  }

  /** Templates of notifications. */
  public TemplateLedger templates() {
    return new SqlTemplateLedger(store);
  }

  /** Controls and health of providers. */
  public ProviderLedger providers() {
    return new SqlProviderLedger(store);
  }

  /** The reports of drills. */
  public DrillLedger drills() {
    return new SqlDrillLedger(store);
  }

  /** The state of circuit breakers and their history. */
  public BreakerLedger breakers() {
    return new SqlBreakerLedger(store);
  }

  /** Attempts whose end nobody has told. */
  public LookupLedger lookups() {
    return new SqlLookupLedger(store, contents);
  }

  /** Calls of operations. */
  public CallLedger calls() {
    return new SqlCallLedger(store);
  }

  /** How providers failed, and the degradation mode. */
  public DegradationLedger degradation() {
    return new SqlDegradationLedger(store);
  }

  /** What administrators did. */
  public AuditLedger auditLog() {
    return new SqlAuditLedger(store);
  }

  /** The notifications of a ledger that is a spool. */
  public SpoolLedger spool() {
    return new SqlSpoolLedger(store, contents, Clock.systemUTC());
  }

  /** Takes over what is in a spool. */
  public RestoreLedger restoring() {
    return new SqlSpoolLedger(store, contents, Clock.systemUTC());
  }

  /** What lets go of the old. */
  public RetentionLedger retention() {
    return retention(List.of(), 0);
  }

  /**
   * As above, where some tenants' notifications are kept for times of their own.
   *
   * @param tenants whose
   * @param longerMillis by how much the longest of these times is longer than that of the others
   */
  public RetentionLedger retention(List<String> tenants, long longerMillis) {
    return new SqlRetention(store, tenants, longerMillis);
  }

  /** Orders to forget recipients. */
  public ErasureLedger erasures() {
    return new SqlErasures(store);
  }

  /**
   * What seals anew after a change of keys.
   *
   * @param where the values are, for people
   * @param nanos a clock such as {@link System#nanoTime}
   */
  public Resealing resealing(String where, LongSupplier nanos) {
    return new SqlResealing(store, where, nanos);
  }

  /** API keys. */
  public ApiKeyLedger apiKeys() {
    return new SqlApiKeyLedger(store);
  }

  /** What is used of quotas. */
  public QuotaLedger quotas() {
    return new SqlQuotaLedger(store);
  }

  /** Operations. */
  public OperationLedger operations() {
    return operations;
  }

  /** What attempts at operations may have left. */
  public OrphanLedger orphans() {
    return new SqlOrphanLedger(store);
  }

  /** What providers have told of bookings. */
  public BookingInbox bookingInbox() {
    return new SqlBookingInbox(store);
  }

  /** Idempotency keys of requests, with their answers. */
  public RequestKeyLedger requestKeys() {
    return new SqlRequestKeyLedger(store);
  }

  /** What there is to rent. */
  public OfferLedger offers() {
    return new SqlOfferLedger(store);
  }

  /** Webhooks between their arrival and their effect. */
  public WebhookInbox webhooks() {
    return new SqlWebhookInbox(store);
  }

  @Override
  public Nodes nodes() {
    return store.engine().nodes();
  }

  @Override
  public Leases leases() {
    return store.engine().leases();
  }

  @Override
  public Future<AcceptResult> accept(AcceptRequest request) {
    return acceptAll(List.of(request)).map(results -> results.get(0));
  }

  @Override
  public Future<List<AcceptResult>> acceptAll(List<AcceptRequest> requests) {
    if (requests.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    AcceptChange change = AcceptChange.of(requests, contents);
    return store.writer().submit(change, requests.size(), change.bytes());
  }

  @Override
  public Future<List<Optional<AcceptResult>>> earlier(List<RepeatedRequest> requests) {
    List<RepeatedRequest> asked = List.copyOf(requests);
    return asked.size() > MOST_REPEATS_AT_ONCE
        ? store.readers().readLong(session -> session.repeats().earlier(asked))
        : store.readers().read(session -> session.repeats().earlier(asked));
  }

  @Override
  public Future<Settled> begin(AttemptStart start) {
    return store.writer().submit(new BeginChange(start), 1);
  }

  @Override
  public Future<Boolean> isUnderWay(AttemptStart start) {
    return store.writer().submit(new UnderWayChange(start), 1);
  }

  @Override
  public Future<Settled> settle(Settlement settlement) {
    return store.writer().submit(new SettleChange(settlement), 1);
  }

  @Override
  public Future<Settled> move(
      NotificationId id, int attempts, boolean unconfirmed, NextStep next, long nowMillis) {
    return store.writer().submit(new MoveChange(id, attempts, unconfirmed, next, nowMillis), 1);
  }

  @Override
  public Future<Void> note(
      NotificationId id, String event, @Nullable String detail, long nowMillis) {
    return store.writer().submit(new NoteChange(id, event, detail, nowMillis), 1).mapEmpty();
  }

  @Override
  public Future<List<ReceiptEffect>> record(WebhookBatch batch) {
    return batch.receipts().isEmpty()
        ? Future.succeededFuture(List.of())
        : store.writer().submit(new RecordChange(batch), batch.receipts().size());
  }

  @Override
  public Future<DueWork> due(
      Lane lane, long buckets, long nowMillis, int limit, long maxBytes, Set<NotificationId> skip) {
    Wanted wanted = new Wanted(lane, buckets, nowMillis, limit, maxBytes, Set.copyOf(skip));
    return dueWork.find(wanted, nowMillis);
  }

  @Override
  public Future<DueAmong> dueOf(Set<NotificationId> ids, long nowMillis, long maxBytes) {
    return ids.isEmpty()
        ? Future.succeededFuture(new DueAmong(List.of(), Set.of()))
        : dueWork.findAmong(Set.copyOf(ids), nowMillis, maxBytes);
  }

  @Override
  public Future<List<Backlog>> backlog(long nowMillis) {
    return store.backlog(nowMillis);
  }

  @Override
  public Future<Long> openUnknowns() {
    return store.readers().read(session -> session.due().unknown());
  }

  @Override
  public Future<Recovery> recover(long nowMillis) {
    return store
        .takeOvers()
        .takeAll(nowMillis)
        .compose(
            taken ->
                store
                    .writer()
                    .submit(new RecoverChange(nowMillis), 1)
                    .map(own -> taken.stream().reduce(own, Ended::and, (a, b) -> b)))
        .compose(ended -> store.readers().read(session -> ended.with(session.due())));
  }

  @Override
  public Future<StalledWork> stalled(long beforeMillis, int limit) {
    long buckets = nodes().share().buckets();
    return store.readers().read(session -> session.stalled().find(buckets, beforeMillis, limit));
  }

  @Override
  public Future<StalledWork> revive(StalledWork found, long beforeMillis, long nowMillis) {
    int changes = found.attempts().size() + found.notifications().size();
    return store
        .writer()
        .submit(new ReviveChange(found, beforeMillis, nowMillis), Math.max(1, changes));
  }

  @Override
  public Future<List<PolicyUse>> policyUse(long sinceMillis) {
    return store.readers().read(session -> session.policies().use(sinceMillis));
  }

  @Override
  public Future<Void> close() {
    return store.close();
  }
}
