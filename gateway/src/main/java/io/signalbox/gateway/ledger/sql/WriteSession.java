package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.StepRule.Position;
import java.sql.SQLException;
import java.util.List;

/** The writing connection with its prepared statements. Used by the writer's thread alone. */
final class WriteSession implements AutoCloseable {
  /** So many rows are known without asking at most; more than are under way at a time. */
  private static final int MOST_KNOWN = 16_384;

  private final SqlConnection connection;
  private final WaitingCount waiting;
  private final NotificationTable notifications;
  private final AttemptTable attempts;
  private final CallTable calls;
  private final AttemptFinder attemptFinder;
  private final ReceiptTable receipts;
  private final EventTable events;
  private final RankingTable rankings;
  private final IdempotencyTable idempotency;
  private final DeadLetterTable deadLetters;
  private final SuppressionTable suppressions;
  private final WebhookTable webhooks;
  private final BookingEventTable bookingEvents;
  private final RecipientReader recipients;
  private final EndpointReader endpoints;
  private final EndpointTable endpointTable;
  private final Subscriptions subscriptions;
  private final OutboxTable outbox;
  private final OutboxRetention outboxRetention;
  private final PreferenceTable preferences;
  private final ProviderTable providers;
  private final DrillTable drills;
  private final DegradationTable degradation;
  private final AuditTable audit;
  private final AliasTable aliases;
  private final SpoolTable spool;
  private final RetentionTable retention;
  private final NodeTable nodes;
  private final LeaseTable leases;
  private final ApiKeyTable apiKeys;
  private final RequestKeyTable requestKeys;
  private final RecipientHashes hashes;
  private final ErasureTable erasures;
  private final EraserTable erasing;
  private final ResealTable resealer;
  private final TemplateTable templates;
  private final QuotaTable quotas;
  private final OfferTable offers;
  private final OperationTable operations;
  private final OperationRetention operationRetention;
  private final News news;

  /** Prepares all statements on a connection that is in transactions. */
  WriteSession(
      SqlConnection connection,
      Contents contents,
      EventOutlet outlet,
      AddressFilter suppressed,
      WaitingCount waiting)
      throws SQLException {
    this.connection = connection;
    this.waiting = waiting;
    this.notifications = new NotificationTable(connection, waiting);
    this.attempts = new AttemptTable(connection);
    this.calls = new CallTable(connection);
    this.attemptFinder = new AttemptFinder(connection);
    this.receipts = new ReceiptTable(connection);
    this.events = new EventTable(connection);
    this.rankings = new RankingTable(connection);
    this.idempotency = new IdempotencyTable(connection);
    this.deadLetters = new DeadLetterTable(connection);
    this.webhooks = new WebhookTable(connection, contents.seal());
    this.bookingEvents = new BookingEventTable(connection);
    this.hashes = new RecipientHashes(connection, contents.seal());
    this.suppressions = new SuppressionTable(connection, contents.seal(), hashes, suppressed);
    this.recipients = new RecipientReader(connection, contents);
    this.endpoints = new EndpointReader(connection, contents.seal());
    this.endpointTable = new EndpointTable(connection, contents.seal());
    this.subscriptions = new Subscriptions(connection, endpoints);
    this.outbox = new OutboxTable(connection, contents.seal());
    this.outboxRetention = new OutboxRetention(connection);
    this.preferences = new PreferenceTable(connection);
    this.providers = new ProviderTable(connection);
    this.drills = new DrillTable(connection);
    this.degradation = new DegradationTable(connection);
    this.audit = new AuditTable(connection);
    this.aliases = new AliasTable(connection);
    this.spool = new SpoolTable(connection);
    this.retention = new RetentionTable(connection);
    this.nodes = new NodeTable(connection);
    this.leases = new LeaseTable(connection);
    this.apiKeys = new ApiKeyTable(connection);
    this.requestKeys = new RequestKeyTable(connection, contents.seal());
    this.erasures = new ErasureTable(connection, contents.seal());
    this.erasing = new EraserTable(connection, contents.seal());
    this.resealer = new ResealTable(connection, contents.seal());
    this.templates = new TemplateTable(connection);
    this.quotas = new QuotaTable(connection);
    this.offers = new OfferTable(connection);
    this.operations = new OperationTable(connection, contents.seal());
    this.operationRetention = new OperationRetention(connection);
    this.news = new News(outlet, recipients, subscriptions, outbox);
  }

  NotificationTable notifications() {
    return notifications;
  }

  AttemptTable attempts() {
    return attempts;
  }

  CallTable calls() {
    return calls;
  }

  AttemptFinder attemptFinder() {
    return attemptFinder;
  }

  ReceiptTable receipts() {
    return receipts;
  }

  EventTable events() {
    return events;
  }

  RankingTable rankings() {
    return rankings;
  }

  IdempotencyTable idempotency() {
    return idempotency;
  }

  DeadLetterTable deadLetters() {
    return deadLetters;
  }

  WebhookTable webhooks() {
    return webhooks;
  }

  BookingEventTable bookingEvents() {
    return bookingEvents;
  }

  EndpointReader endpoints() {
    return endpoints;
  }

  EndpointTable endpointTable() {
    return endpointTable;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  OutboxTable outbox() {
    return outbox;
  }

  OutboxRetention outboxRetention() {
    return outboxRetention;
  }

  PreferenceTable preferences() {
    return preferences;
  }

  ProviderTable providers() {
    return providers;
  }

  DrillTable drills() {
    return drills;
  }

  DegradationTable degradation() {
    return degradation;
  }

  ApiKeyTable apiKeys() {
    return apiKeys;
  }

  RequestKeyTable requestKeys() {
    return requestKeys;
  }

  TemplateTable templates() {
    return templates;
  }

  QuotaTable quotas() {
    return quotas;
  }

  OperationRetention operationRetention() {
    return operationRetention;
  }

  OperationTable operations() {
    return operations;
  }

  OfferTable offers() {
    return offers;
  }

  AuditTable audit() {
    return audit;
  }

  AliasTable aliases() {
    return aliases;
  }

  SpoolTable spool() {
    return spool;
  }

  RetentionTable retention() {
    return retention;
  }

  NodeTable nodes() {
    return nodes;
  }

  LeaseTable leases() {
    return leases;
  }

  RecipientHashes hashes() {
    return hashes;
  }

  ErasureTable erasures() {
    return erasures;
  }

  EraserTable erasing() {
    return erasing;
  }

  ResealTable resealer() {
    return resealer;
  }

  /** The number of the node that writes. */
  int node() {
    return connection.node();
  }

  /** The events of the change that is being applied. */
  News news() {
    return news;
  }

  /** Moves a notification and tells of it. */
  void move(NotificationRow row, Position to, Cause cause, long nowMillis) throws SQLException {
    notifications.move(row, to, nowMillis);
    news.moved(row, to, cause, nowMillis);
  }

  RecipientReader recipients() {
    return recipients;
  }

  SuppressionTable suppressions() {
    return suppressions;
  }

  /** Reads at once what will be looked at, if that is cheaper than one by one. */
  void readAhead(Foresight foresight) throws SQLException {
    if (connection.readsAhead()) {
      askAhead(foresight);
      takeAhead();
    }
  }

  /** Forgets what was known of rows without asking: they may have been changed. */
  void forgetRows() {
    if (!connection.readsAhead()) {
      forgetAhead();
    }
  }

  private void askAhead(Foresight foresight) throws SQLException {
    notifications.askAhead(foresight.notifications());
    attempts.askAhead(foresight.attempts());
    receipts.askAhead(foresight.messages());
  }

  /** Takes what was asked for at the begin. */
  void takeAhead() throws SQLException {
    notifications.takeAhead();
    attempts.takeAhead();
    receipts.takeAhead();
  }

  private void forgetAhead() {
    notifications.forgetAhead();
    attempts.forgetAhead();
    receipts.forgetAhead();
  }

  /**
   * Begins a transaction, and asks at once for what a batch will look at, if that is cheaper than
   * one by one: {@link #takeAhead} takes it.
   */
  void begin(List<PendingChange<?>> batch) throws SQLException {
    audit.forget();
    waiting.begin();
    connection.begin();
    if (!connection.isUndisturbed() || notifications.known() + attempts.known() > MOST_KNOWN) {
      forgetAhead();
    }
    if (connection.readsAhead()) {
      Foresight foresight = new Foresight();
      batch.forEach(change -> change.foresee(foresight));
      // They are locked in the order of their ids, which is that of all gateways.
      askAhead(foresight);
    }
    connection.awaitBegin();
    suppressions.load();
    subscriptions.forgetIfChanged();
  }

  /** Waits until all that was asked for is done; only the commit follows. */
  void flush() throws SQLException {
    finish();
    connection.flush();
  }

  /** Asks for what the changes have left to write; only the commit follows. */
  void finish() throws SQLException {
    audit.write();
    // What the client cannot send is known before the commit is under way.
    connection.send();
  }

  void commit() throws SQLException {
    connection.commit();
    waiting.commit();
  }

  /** Whether the commit that failed last may have been carried out all the same. */
  boolean mayBeCommitted() {
    return connection.mayBeCommitted();
  }

  void rollback() throws SQLException {
    forgetAhead();
    audit.forget();
    rankings.forget();
    subscriptions.forget();
    hashes.forget();
    connection.rollback();
  }

  /** Marks the place that {@link #undo} goes back to. */
  void mark() throws SQLException {
    audit.mark();
    waiting.mark();
    connection.mark();
  }

  /** Keeps what was done since the mark. */
  void keep() throws SQLException {
    connection.keep();
  }

  /** Takes back what was done since the mark. */
  void undo() throws SQLException {
    forgetAhead();
    audit.undo();
    waiting.undo();
    rankings.forget();
    subscriptions.forget();
    hashes.forget();
    connection.undo();
  }

  /** Writes what changes nothing; true if that went well so far. */
  boolean probe() throws SQLException {
    connection.probe();
    return true;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
