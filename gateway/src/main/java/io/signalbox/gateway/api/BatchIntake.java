package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.degradation.Notice;
import io.signalbox.gateway.intake.IntakeItem;
import io.signalbox.gateway.intake.IntakeResult;
import io.signalbox.gateway.intake.Sender;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.notification.ParsedNotification;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.trail.NotificationLog;
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
final class BatchIntake {
  private static final NotificationLog TRAIL =
      new NotificationLog(LoggerFactory.getLogger(BatchIntake.class));

  /** No header carries it, so that an item's key is never one that a caller made. */
  private static final char KEY_SEPARATOR = '\u001f';

  private final ApiServices services;
  private final Caller caller;
  private final @Nullable String key;
  private final String correlationId;
  private int next;

  BatchIntake(ApiServices services, Caller caller, @Nullable String key, String correlationId) {
    this.services = services;
    this.caller = caller;
    this.key = key;
    this.correlationId = correlationId;
  }

  /**
   * Takes a group; fails with a {@link GatewayException} of status 503 or 429 if none was stored.
   */
  Future<List<JsonObject>> take(List<Buffer> contents) {
    List<Read> read = new ArrayList<>(contents.size());
    List<Future<?>> fillings = new ArrayList<>();
    for (Buffer content : contents) {
      Read item = read(content);
      if (item.parsed instanceof ParsedNotification.Templated templated) {
        int at = read.size();
        fillings.add(
            services
                .templates()
                .fill(templated)
                .onSuccess(filled -> read.set(at, new Read(item.result, content, filled))));
      }
      read.add(item);
    }
    return fillings.isEmpty() ? accept(read) : Future.all(fillings).compose(filled -> accept(read));
  }

  private Read read(Buffer content) {
    JsonObject result = new JsonObject().put("index", next);
    String itemKey = key == null ? null : key + KEY_SEPARATOR + next;
    next++;
    if (content.length() > NotificationParser.MAX_BYTES) {
      refuse(result, 413, "has more than " + NotificationParser.MAX_BYTES + " bytes");
      return new Read(result, content, null);
    }
    return new Read(result, content, services.parser().parse(content, caller.tenant(), itemKey));
  }

  private Future<List<JsonObject>> accept(List<Read> read) {
    List<JsonObject> results = new ArrayList<>(read.size());
    List<IntakeItem> items = new ArrayList<>(read.size());
    List<JsonObject> waiting = new ArrayList<>(read.size());
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
        services.meters().refusedNotification("invalid");
        each.result
            .put("status", invalid.status())
            .put("errors", Problem.errors(invalid.problems()));
      }
    }
    return services
        .intake()
        .acceptAll(items, Sender.of(caller))
        .map(
            outcomes -> {
              for (int i = 0; i < outcomes.size(); i++) {
                conclude(waiting.get(i), items.get(i), outcomes.get(i));
              }
              return results;
            });
  }

  /** Results that say that nothing of a group could be stored. */
  List<JsonObject> allRefused(int firstIndex, int count, GatewayException refusal) {
    List<JsonObject> results = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      JsonObject result = new JsonObject().put("index", firstIndex + i);
      refuse(result, refusal.status(), String.valueOf(refusal.getMessage()));
      if (refusal.status() == 503) {
        result.put("notice", services.degradation().refusal().text());
      }
      results.add(result);
    }
    return results;
  }

  /** Passes over items that are not taken. */
  void pass(int count) {
    next += count;
  }

  /** The index of the next item. */
  int nextIndex() {
    return next;
  }

  private void conclude(JsonObject result, IntakeItem item, IntakeResult outcome) {
    if (outcome instanceof IntakeResult.Stored stored) {
      TRAIL.accepted(stored.accepted().id(), stored.accepted().duplicate(), correlationId);
      result
          .put("status", 202)
          .put("id", stored.accepted().id())
          .put("state", stored.accepted().status())
          .put("duplicate", stored.accepted().duplicate());
      Notice notice = NoticeChoice.of(services, item.notification(), stored.accepted());
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
  private record Read(JsonObject result, Buffer content, @Nullable ParsedNotification parsed) {}

  private static void refuse(JsonObject result, int status, String detail) {
    result.put("status", status).put("detail", detail);
  }
}
