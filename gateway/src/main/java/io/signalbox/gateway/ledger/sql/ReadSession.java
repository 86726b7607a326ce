package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Seal;
import java.sql.SQLException;

/** A reading connection with its prepared statements. Used by one thread at a time. */
final class ReadSession implements AutoCloseable {
  private final SqlConnection connection;
  private final SqlStatement ping;
  private final DueReader due;
  private final AttemptReader attempts;
  private final TimelineReader timelines;
  private final DeadLetterReader deadLetters;
  private final BreakerReader breakers;
  private final EndpointReader endpoints;
  private final DeliveryReader deliveries;
  private final SubjectReader subjects;
  private final WebhookReader webhooks;
  private final BookingEventReader bookingEvents;
  private final SuppressionReader suppressions;
  private final UnfinishedReader unfinished;
  private final StalledReader stalled;
  private final PolicyReader policies;
  private final PreferenceTable preferences;
  private final ControlReader controls;
  private final DrillReader drills;
  private final DegradationReader degradation;
  private final AuditReader audit;
  private final AuditPages auditPages;
  private final SpoolReader spool;
  private final RetentionReader retention;
  private final OperationReader operations;
  private final ClaimTable claims;
  private final WatchTable watches;
  private final ErasureTable erasures;
  private final ErasureReader erasing;
  private final ResealReader resealing;
  private final LateReader late;
  private final ApiKeyReader apiKeys;
  private final QuotaReader quotas;
  private final SearchReader search;
  private final TemplateReader templates;
  private final HistoryReader history;
  private final RepeatReader repeats;
  private final OfferReader offers;
  private final OperationPages operationPages;

  ReadSession(SqlConnection connection, Contents contents) throws SQLException {
    Seal seal = contents.seal();
    RecipientHashes hashes = new RecipientHashes(connection, seal);
    this.connection = connection;
    this.ping = connection.prepare("SELECT 1 FROM provider_preferences LIMIT 1");
    this.attempts = new AttemptReader(connection);
    this.due = new DueReader(connection, attempts);
    this.timelines = new TimelineReader(connection, contents, attempts);
    this.deadLetters = new DeadLetterReader(connection);
    this.breakers = new BreakerReader(connection);
    this.endpoints = new EndpointReader(connection, seal);
    this.deliveries = new DeliveryReader(connection, seal);
    this.subjects = new SubjectReader(connection, contents);
    this.webhooks = new WebhookReader(connection, seal);
    this.bookingEvents = new BookingEventReader(connection, seal);
    this.suppressions = new SuppressionReader(connection, seal, hashes);
    this.unfinished = new UnfinishedReader(connection);
    this.stalled = new StalledReader(connection);
    this.policies = new PolicyReader(connection);
    this.degradation = new DegradationReader(connection);
    this.audit = new AuditReader(connection);
    this.auditPages = new AuditPages(connection);
    this.late = new LateReader(connection);
    this.apiKeys = new ApiKeyReader(connection);
    this.quotas = new QuotaReader(connection);
    this.search = new SearchReader(connection);
    this.templates = new TemplateReader(connection);
    this.history = new HistoryReader(connection, contents);
    this.repeats = new RepeatReader(connection);
    this.offers = new OfferReader(connection);
    this.preferences = new PreferenceTable(connection);
    this.controls = new ControlReader(connection);
    this.drills = new DrillReader(connection);
    this.spool = new SpoolReader(connection);
    this.retention = new RetentionReader(connection);
    this.operations = new OperationReader(connection, seal, "");
    this.operationPages = new OperationPages(connection, operations);
    this.claims = new ClaimTable(connection);
    this.watches = new WatchTable(connection);
    this.erasures = new ErasureTable(connection, seal);
    this.erasing = new ErasureReader(connection, contents, hashes);
    this.resealing = new ResealReader(connection, seal);
  }

  /** Reads something small: fails if the store does not answer. */
  boolean answers() throws SQLException {
    try (SqlRows row = ping.query()) {
      row.next();
      return true;
    }
  }

  AuditPages auditPages() {
    return auditPages;
  }

  RepeatReader repeats() {
    return repeats;
  }

  OperationPages operationPages() {
    return operationPages;
  }

  OfferReader offers() {
    return offers;
  }

  PreferenceTable preferences() {
    return preferences;
  }

  ControlReader controls() {
    return controls;
  }

  DueReader due() {
    return due;
  }

  AttemptReader attempts() {
    return attempts;
  }

  TimelineReader timelines() {
    return timelines;
  }

  DeadLetterReader deadLetters() {
    return deadLetters;
  }

  BreakerReader breakers() {
    return breakers;
  }

  WebhookReader webhooks() {
    return webhooks;
  }

  BookingEventReader bookingEvents() {
    return bookingEvents;
  }

  SuppressionReader suppressions() {
    return suppressions;
  }

  EndpointReader endpoints() {
    return endpoints;
  }

  SubjectReader subjects() {
    return subjects;
  }

  DeliveryReader deliveries() {
    return deliveries;
  }

  UnfinishedReader unfinished() {
    return unfinished;
  }

  StalledReader stalled() {
    return stalled;
  }

  PolicyReader policies() {
    return policies;
  }

  DrillReader drills() {
    return drills;
  }

  DegradationReader degradation() {
    return degradation;
  }

  LateReader late() {
    return late;
  }

  ApiKeyReader apiKeys() {
    return apiKeys;
  }

  TemplateReader templates() {
    return templates;
  }

  OperationReader operations() {
    return operations;
  }

  ClaimTable claims() {
    return claims;
  }

  WatchTable watches() {
    return watches;
  }

  QuotaReader quotas() {
    return quotas;
  }

  SearchReader search() {
    return search;
  }

  HistoryReader history() {
    return history;
  }

  AuditReader audit() {
    return audit;
  }

  SpoolReader spool() {
    return spool;
  }

  RetentionReader retention() {
    return retention;
  }

  ErasureTable erasures() {
    return erasures;
  }

  ErasureReader erasing() {
    return erasing;
  }

  ResealReader resealing() {
    return resealing;
  }

  /** Ends a read, so that its snapshot keeps no checkpoint back. */
  void end() throws SQLException {
    connection.rollback();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
