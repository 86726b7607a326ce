package io.signalbox.gateway.operation;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.gateway.ledger.OperationAttempt.End;
import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.signalbox.gateway.ledger.OperationProgress;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.Channel;
import io.signalbox.spi.operation.Shortage;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Operations in every state, for tests. */
public final class OperationStories {
  public static final long NOW = 1_700_000_000_000L;
  static final String ACCOUNT = "a1b2c3d4-01020304";
  static final long RETRY_AFTER = 20_000;
  static final OperationRules RULES =
      new OperationRules(
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofMinutes(15),
          Duration.ofMinutes(20));
  private static final NotificationIds IDS = new NotificationIds(Clock.systemUTC(), 0);

  private OperationStories() {}

  /** A new one. */
  public static Operation operation() {
    return operation("default", IDS.next(), NOW);
  }

  /** A new one of a tenant. */
  public static Operation operation(String tenant, NotificationId id, long nowMillis) {
    return new Operation(
        id,
        tenant,
        Channel.NUMBER,
        "wa",
        "us",
        new JsonObject().put("service", "wa").put("country", "us"),
        nowMillis,
        0,
        TraceContext.of(id),
        0,
        OperationProgress.begin(nowMillis));
  }

  static Operation patient(long until) {
    Operation one = operation();
    return new Operation(
        one.id(),
        one.tenant(),
        one.kind(),
        one.service(),
        one.country(),
        one.request(),
        one.createdAtMillis(),
        until,
        one.trace(),
        0,
        one.progress());
  }

  static Operation trying(String provider) {
    return trying(provider, "");
  }

  static Operation trying(String provider, String variant) {
    return trying(operation(), provider, variant);
  }

  /** The same, being tried at a provider. */
  public static Operation trying(Operation operation, String provider, String variant) {
    OperationProgress before = operation.progress();
    OperationAttempt attempt =
        new OperationAttempt(
            before.made() + 1,
            provider,
            variant,
            true,
            ACCOUNT,
            before.round(),
            candidates(provider).decision(),
            before.updatedAtMillis(),
            before.updatedAtMillis() + 15_000,
            null);
    return operation.with(
        Progressing.from(before, before.updatedAtMillis())
            .begin(attempt)
            .to(OperationState.TRYING, attempt.deadlineAtMillis() + 10_000));
  }

  static Operation unsettled(String provider) {
    return answered(trying(provider), end(How.UNKNOWN, 0), null);
  }

  /** The same, with its newest attempt answered. */
  public static Operation answered(Operation trying, End end, OperationResult result) {
    return trying.with(
        new OperationStep(RULES, 0)
            .answered(trying, end, result, trying.progress().updatedAtMillis() + 1)
            .orElseThrow());
  }

  /** An end; what answers 429, 503, 504 or nothing may be asked again. */
  public static End end(How how, int status) {
    boolean retryable = List.of(0, 429, 503, 504).contains(status) && how != How.UNSERVED;
    String code = how == How.UNSERVED ? Shortage.NO_STOCK.wireName() : null;
    return new End(how, NOW + 1, retryable, code, status, "said so");
  }

  /** A result. */
  public static OperationResult result(String providerId) {
    return result("alpha", providerId);
  }

  /** A result of a provider. */
  public static OperationResult result(String provider, String providerId) {
    return new OperationResult(
        provider, providerId, new JsonObject().put("number", "+15550001"), 0);
  }

  /**
   * Candidates by their names: {@code alpha}, {@code alpha:variant}, {@code alpha!shortage}, {@code
   * alpha-why_not}.
   */
  static Candidates candidates(String... names) {
    return new Candidates(
        Arrays.stream(names).map(OperationStories::candidate).toList(), "adjusted", RETRY_AFTER);
  }

  private static Candidate candidate(String name) {
    String[] parts = name.split("[:!-]", -1);
    boolean isShort = name.contains("!");
    return new Candidate(
        parts[0],
        name.contains(":") ? parts[1] : "",
        90,
        new JsonObject().put("health", 90),
        name.contains("-") ? parts[1] : null,
        isShort ? Shortage.NO_STOCK : null,
        true);
  }
}
