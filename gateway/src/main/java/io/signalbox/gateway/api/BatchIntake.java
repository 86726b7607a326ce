package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.degradation.Notice;
import io.signalbox.gateway.intake.IntakeItem;
import io.signalbox.gateway.intake.IntakeResult;
import io.signalbox.gateway.intake.Sender;
import io.signalbox.gateway.ledger.RepeatedRequest;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.notification.ParsedNotification;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.trail.NotificationLog;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Takes the items of one batch, group by group, and has a result for each. With an idempotency key
 * each item gets a key of its own: the batch's and its index. Used on one event loop.
 */
final class BatchIntake implements BatchSlices.Steps {
  private static final NotificationLog TRAIL =
      new NotificationLog(LoggerFactory.getLogger(BatchIntake.class));

  /** No header carries it, so that an item's key is never one that a caller made. */
  private static final char KEY_SEPARATOR = '\u001f';

  private final ApiServices services;
  private final BodyBudget filled;
  private final Caller caller;
  private final @Nullable String key;
  private final TraceContext trace;
  private int next;

  /**
   * Makes it.
   *
   * @param filled bounds what templates make of items, of all batches together
   * @param key of the batch; null for none
   */
  BatchIntake(
      ApiServices services,
      BodyBudget filled,
      Caller caller,
      @Nullable String key,
      TraceContext trace) {
    this.services = services;
    this.filled = filled;
    this.caller = caller;
    this.key = key;
    this.trace = trace;
  }

  /**
   * Takes a group; fails with a {@link GatewayException} of status 503 or 429 if none was stored.
   */
  Future<List<JsonObject>> take(List<Buffer> contents) {
    List<Read> read = new ArrayList<>(contents.size());
    boolean templated = false;
    for (Buffer content : contents) {
      Read item = read(content);
      templated |= item.parsed instanceof ParsedNotification.Templated;
      read.add(item);
    }
    return templated ? new BatchSlices(read, filled, this).take() : accept(read);
  }

  @Override
  public Future<ParsedNotification> fill(ParsedNotification.Templated templated) {
    return services.templates().fill(templated);
  }

  private Read read(Buffer content) {
    JsonObject result = new JsonObject().put("index", next);
    String itemKey = itemKey(next);
    next++;
    if (content.length() > NotificationParser.MAX_BYTES) {
      refuse(result, 413, "has more than " + NotificationParser.MAX_BYTES + " bytes");
      return new Read(result, content, null);
    }
    return new Read(result, content, services.parser().parse(content, caller.tenant(), itemKey));
  }

  private @Nullable String itemKey(int index) {
    return key == null ? null : key + KEY_SEPARATOR + index;
  }

  @Override
  public Future<List<JsonObject>> accept(List<Read> read) {
    List<JsonObject> results = new ArrayList<>(read.size());
    List<IntakeItem> items = new ArrayList<>(read.size());
    List<JsonObject> waiting = new ArrayList<>(read.size());
    List<Refusal> mistaken = new ArrayList<>();
    for (Read each : read) {
      results.add(each.result);
      if (each.parsed instanceof ParsedNotification.Valid valid) {
        String refusal = SendingScope.refusal(services, caller, valid.notification());
        if (refusal != null) {
          refuse(each.result, 403, refusal);
          continue;
        }
        items.add(IntakeItem.of(valid, each.content));
        waiting.add(each.result);
      } else if (each.parsed instanceof ParsedNotification.Invalid invalid) {
        mistaken.add(new Refusal(each.result, each.content, invalid));
      }
    }
    return refuse(mistaken, items.isEmpty())
        .compose(refused -> services.intake().acceptAll(items, Sender.of(caller, trace)))
        .map(
            outcomes -> {
              for (int i = 0; i < outcomes.size(); i++) {
                conclude(waiting.get(i), outcomes.get(i), items.get(i).notification());
              }
              return results;
            })
        .recover(failure -> beside(results, failure));
  }

  /** What an earlier request has stored is told as stored, whatever becomes of the others. */
  private Future<List<JsonObject>> beside(List<JsonObject> results, Throwable failure) {
    if (failure instanceof GatewayException why
        && results.stream().anyMatch(BatchSlices::isAccepted)) {
      results.forEach(result -> refuse(result, why));
      return Future.succeededFuture(results);
    }
    return Future.failedFuture(failure);
  }

  /**
   * What has mistakes now may have been accepted before, when it had none.
   *
   * @param alone whether nothing else is to be taken: then it fails if that cannot be looked up,
   *     and else these are refused for that
   */
  private Future<Void> refuse(List<Refusal> mistaken, boolean alone) {
    List<Refusal> asked = new ArrayList<>();
    List<RepeatedRequest> requests = new ArrayList<>();
    for (Refusal each : mistaken) {
      String itemKey = itemKey(each.result.getInteger("index"));
      if (itemKey == null
          || each.invalid.malformed()
          || !SendingScope.mayAskFor(caller, each.content)) {
        refuse(each);
      } else {
        asked.add(each);
        requests.add(RepeatedRequest.of(caller.tenant(), itemKey, each.content));
      }
    }
    if (asked.isEmpty()) {
      return Future.succeededFuture();
    }
    return services
        .intake()
        .earlier(requests)
        .map(
            found -> {
              for (int i = 0; i < asked.size(); i++) {
                Refusal refusal = asked.get(i);
                found
                    .get(i)
                    .ifPresentOrElse(
                        earlier -> conclude(refusal.result, earlier, null), () -> refuse(refusal));
              }
              return found;
            })
        .<Void>mapEmpty()
        .recover(
            failure -> {
              if (alone || !(failure instanceof GatewayException why)) {
                return Future.failedFuture(failure);
              }
              asked.forEach(each -> refuse(each.result, why));
              return Future.succeededFuture();
            });
  }

  private void refuse(Refusal refusal) {
    services.meters().intake().refused("invalid");
    refusal
        .result
        .put("status", refusal.invalid.status())
        .put("errors", Problem.errors(refusal.invalid.problems()));
  }

  /** Results that say that nothing of a group could be stored. */
  List<JsonObject> allRefused(int firstIndex, int count, GatewayException refusal) {
    List<JsonObject> results = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      results.add(refuse(new JsonObject().put("index", firstIndex + i), refusal));
    }
    return results;
  }

  /** Says that an item was not stored, unless it has mistakes besides. */
  @Override
  public JsonObject refuse(JsonObject result, GatewayException refusal) {
    if (!result.containsKey("status")) {
      refuse(result, refusal.status(), String.valueOf(refusal.getMessage()));
      if (refusal.status() == 503) {
        result.put("notice", services.degradation().refusal().text());
      }
    }
    return result;
  }

  /** Passes over items that are not taken. */
  void pass(int count) {
    next += count;
  }

  /** The index of the next item. */
  int nextIndex() {
    return next;
  }

  private void conclude(
      JsonObject result, IntakeResult outcome, @Nullable SendNotification accepted) {
    if (outcome instanceof IntakeResult.Stored stored) {
      TRAIL.accepted(stored.accepted().id(), stored.accepted().duplicate(), trace);
      result
          .put("status", 202)
          .put("id", stored.accepted().id())
          .put("state", stored.accepted().status())
          .put("duplicate", stored.accepted().duplicate());
      Notice notice =
          accepted == null ? null : NoticeChoice.of(services, accepted, stored.accepted());
      if (notice != null) {
        result.put("notice", notice.text());
      }
    } else if (outcome instanceof IntakeResult.Shed shed) {
      refuse(result, 503, shed.detail());
      result.put("notice", services.degradation().refusal().text());
    } else if (outcome instanceof IntakeResult.OverQuota) {
      refuse(result, 429, IntakeResult.OverQuota.DETAIL);
    } else {
      refuse(result, 422, IntakeResult.KeyReused.DETAIL);
    }
  }

  /**
   * An item.
   *
   * @param result what is told of it
   * @param parsed null if it was not read
   */
  record Read(JsonObject result, Buffer content, @Nullable ParsedNotification parsed) {}

  /** An item with mistakes. */
  private record Refusal(JsonObject result, Buffer content, ParsedNotification.Invalid invalid) {}

  private static void refuse(JsonObject result, int status, String detail) {
    result.put("status", status).put("detail", detail);
  }
}
