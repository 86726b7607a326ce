package io.signalbox.gateway.ledger;

import io.signalbox.gateway.ledger.Decision.Excluded;
import io.signalbox.gateway.ledger.Decision.RankingSnapshot;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sqlite.SqliteFiles;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.LaneKind;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A ledger under test and the words in which its tests speak. */
public abstract class LedgerContract {
  protected static final long NOW = 1_700_000_000_000L;
  protected static final String TENANT = SendNotification.DEFAULT_TENANT;
  protected static final Lane LANE = new Lane(Channel.EMAIL, Priority.NORMAL, LaneKind.SINGLE);
  protected static final Lane RETRY_LANE = new Lane(Channel.EMAIL, Priority.NORMAL, LaneKind.RETRY);

  @TempDir protected Path directory;
  protected Vertx vertx;
  protected Opened opened;
  protected final NotificationIds ids = new NotificationIds(Clock.systemUTC(), 0);

  /** The ports of one open ledger. */
  public record Opened(
      Ledger ledger,
      LedgerReports reports,
      BreakerLedger breakers,
      WebhookInbox webhooks,
      SuppressionLedger suppressions,
      CallbackLedger callbacks,
      CallbackQueue callbackQueue,
      ProviderLedger providers,
      PreferenceLedger preferences,
      DrillLedger drills,
      DegradationLedger degradation,
      LookupLedger lookups,
      AuditLedger auditLog,
      RestoreLedger restoring,
      RetentionLedger retention,
      ApiKeyLedger apiKeys,
      RequestKeyLedger requestKeys,
      ErasureLedger erasures,
      TemplateLedger templates,
      QuotaLedger quotas,
      SqlLedger whole) {

    /** The ports of a ledger. */
    public static Opened of(SqlLedger ledger) {
      return new Opened(
          ledger,
          ledger.reports(),
          ledger.breakers(),
          ledger.webhooks(),
          ledger.suppressions(),
          ledger.callbacks(),
          ledger.callbackQueue(),
          ledger.providers(),
          ledger.preferences(),
          ledger.drills(),
          ledger.degradation(),
          ledger.lookups(),
          ledger.auditLog(),
          ledger.restoring(),
          ledger.retention(),
          ledger.apiKeys(),
          ledger.requestKeys(),
          ledger.erasures(),
          ledger.templates(),
          ledger.quotas(),
          ledger);
    }
  }

  /** The store that is tested. */
  protected TestEngine engine() {
    return SqliteFiles.ENGINE;
  }

  /** Who listens to the ledger. */
  protected EventOutlet outlet() {
    return EventOutlet.NONE;
  }

  /** Under what personal data are stored. */
  protected Seal seal() {
    return Seal.NONE;
  }

  /** Opens the ledger of this test: an empty one first, what was left of it later. */
  protected Opened open() throws Exception {
    return Opened.of(await(engine().open(vertx, directory, outlet(), seal())));
  }

  /** Asks the store itself; see {@link TestEngine#ask}. */
  protected List<String> askStore(String query) throws Exception {
    return engine().ask(directory, query);
  }

  @BeforeEach
  void openLedger() throws Exception {
    vertx = Vertx.vertx();
    opened = open();
  }

  @AfterEach
  void closeLedger() throws Exception {
    await(ledger().close());
    await(vertx.close());
  }

  protected void reopen() throws Exception {
    await(ledger().close());
    opened = open();
  }

  protected Ledger ledger() {
    return opened.ledger();
  }

  protected LedgerReports reports() {
    return opened.reports();
  }

  protected SuppressionLedger suppressions() {
    return opened.suppressions();
  }

  protected static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  protected AcceptRequest request(String message) {
    return request(TENANT, message, null, NOW);
  }

  protected AcceptRequest request(String tenant, String message, String key, long dueAt) {
    SendNotification notification =
        StoredForm.notification(tenant, "greeting", Channel.EMAIL, message, Priority.NORMAL, key);
    return new AcceptRequest(
        ids.next(),
        notification,
        new StoredForm().write(notification),
        dueAt > NOW ? NotificationState.SCHEDULED : NotificationState.QUEUED,
        NOW,
        dueAt,
        "tester");
  }

  /** The one at an index of a request that has a key as a whole. */
  protected AcceptRequest claimed(String key, int index, String asked) {
    AcceptRequest one = request(TENANT, asked + ' ' + index, key + index, NOW);
    return new AcceptRequest(
        one.id(),
        one.notification(),
        one.fallbackChannels(),
        one.content(),
        one.batch(),
        one.state(),
        one.acceptedAtMillis(),
        one.dueAtMillis(),
        one.subject(),
        null,
        one.trace(),
        RepeatedRequest.of(TENANT, key, Buffer.buffer(asked)));
  }

  protected NotificationId accept() throws Exception {
    AcceptRequest request = request("hello");
    await(ledger().accept(request));
    return request.id();
  }

  /** Accepts a notification and begins its first attempt. */
  protected NotificationId begun() throws Exception {
    NotificationId id = accept();
    await(ledger().begin(start(id, 1)));
    return id;
  }

  protected static AttemptStart start(NotificationId id, int number) {
    return start(id, number, "alpha");
  }

  protected static AttemptStart start(NotificationId id, int number, String provider) {
    return new AttemptStart(
        new AttemptId(id, number),
        0,
        Channel.EMAIL,
        provider,
        7,
        new Decision(
            new RankingSnapshot(42, "{\"candidates\":[]}"),
            "best_score",
            List.of(new Excluded("beta", "breaker_open"), new Excluded("gamma", "already_tried"))),
        NOW + number,
        NOW + 10_000,
        number > 1,
        new Recipient.Email("someone@example.org"),
        false);
  }

  protected static Outcome sent(String messageId) {
    return new Outcome.Sent(messageId, Evidence.answered(202, null, null));
  }

  protected static Outcome broken() {
    return new Outcome.Transient(
        Evidence.unanswered(Progress.NOT_CONNECTED, "connection_refused", "refused"));
  }

  protected static Outcome unknown() {
    return new Outcome.Unknown(Evidence.unanswered(Progress.BODY_WRITTEN, "timeout", null));
  }

  protected Settled settle(NotificationId id, int number, Outcome outcome, NextStep next)
      throws Exception {
    return await(
        ledger().settle(new Settlement(new AttemptId(id, number), outcome, NOW + 100, 99, next)));
  }

  protected Settled settleSent(NotificationId id, int number, String messageId) throws Exception {
    return settle(id, number, sent(messageId), finish(NotificationState.SENT));
  }

  protected static NextStep finish(NotificationState state) {
    return new NextStep.Finish(state, "done");
  }

  protected static Receipt receipt(
      String event, AttemptId attempt, String messageId, ReceiptStatus status) {
    return echoed(event, attempt == null ? null : attempt.toString(), messageId, status);
  }

  /** A receipt of a provider that was given the notification's id alone. */
  protected static Receipt echoing(
      NotificationId id, String event, String messageId, ReceiptStatus status) {
    return echoed(event, id.toString(), messageId, status);
  }

  private static Receipt echoed(String event, String echo, String messageId, ReceiptStatus status) {
    return new Receipt(
        event,
        echo,
        messageId,
        status,
        status.meansNotDelivered() ? ReasonClass.HARD_BOUNCE : ReasonClass.NONE,
        "raw-" + status.wireName(),
        "30003",
        "text",
        "someone@example.org",
        Instant.ofEpochMilli(NOW + 50));
  }

  protected List<ReceiptEffect> record(String provider, Receipt... receipts) throws Exception {
    return await(ledger().record(new WebhookBatch(provider, NOW + 60, List.of(receipts))));
  }

  protected ReceiptEffect record(NotificationId id, int number, ReceiptStatus status)
      throws Exception {
    String event = id + "-" + number + "-" + status;
    return record("alpha", receipt(event, new AttemptId(id, number), null, status)).get(0);
  }

  protected Timeline timeline(NotificationId id) throws Exception {
    return await(reports().timeline(TENANT, id)).orElseThrow();
  }

  protected NotificationState state(NotificationId id) throws Exception {
    return timeline(id).state();
  }

  protected List<WorkItem> due(Lane lane, long now) throws Exception {
    return await(ledger().due(lane, -1, now, 100, Long.MAX_VALUE, Set.of())).items();
  }

  protected List<NotificationId> dueIds(Lane lane, long now) throws Exception {
    return due(lane, now).stream().map(WorkItem::id).toList();
  }
}
