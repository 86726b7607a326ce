package io.signalbox.gateway.api;

import io.signalbox.gateway.api.BatchIntake.Read;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.notification.ParsedNotification;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills the items of a batch in and has them accepted, slice by slice: a line that names a template
 * may become a thousand times as long, so only a part of them is there at once. Used once, on one
 * event loop.
 */
final class BatchSlices {
  /** After so much content a slice is accepted before more is filled in. */
  static final int SLICE_BYTES = 4 << 20;

  /** How many are filled in at once: only what comes of them tells how long they are. */
  static final int AT_ONCE = 16;

  /** What the JSON of a notification takes, and its texts once more. */
  private static final int COPIES = 2;

  private final List<Read> items;
  private final BodyBudget budget;
  private final Steps steps;
  private final List<JsonObject> results;
  private int at;
  private boolean answered;
  private @Nullable GatewayException refusal;

  /**
   * Makes it.
   *
   * @param budget how many bytes may be there at once, of all batches; at least {@link #most()}
   */
  BatchSlices(List<Read> items, BodyBudget budget, Steps steps) {
    this.items = items;
    this.budget = budget;
    this.steps = steps;
    this.results = new ArrayList<>(items.size());
  }

  /** What one slice takes of the budget at most. */
  static long most() {
    return (long) COPIES * (SLICE_BYTES + AT_ONCE * NotificationParser.MAX_BYTES);
  }

  /**
   * Takes them in their order.
   *
   * @return a result for each; fails with a {@link GatewayException} of status 503 or 429 if none
   *     was stored
   */
  Future<List<JsonObject>> take() {
    GatewayException last = refusal;
    if (last != null && last.status() == 503) {
      // The others would be refused just so, after much work.
      refuse(items.subList(at, items.size()), last);
      at = items.size();
    }
    if (at == items.size()) {
      return last == null || answered ? Future.succeededFuture(results) : Future.failedFuture(last);
    }
    List<Read> slice = new ArrayList<>();
    BodyBudget.Share share = budget.open();
    return fill(slice, share, 0)
        .compose(filled -> steps.accept(slice))
        .onComplete(done -> share.giveBack())
        .transform(
            done -> {
              if (done.succeeded()) {
                results.addAll(done.result());
                answered |=
                    slice.stream().anyMatch(BatchSlices::canBeAccepted)
                        || done.result().stream().anyMatch(BatchSlices::isAccepted);
              } else if (done.cause() instanceof GatewayException refused) {
                refuse(slice, refused);
                refusal = refused;
              } else {
                return Future.failedFuture(done.cause());
              }
              return take();
            });
  }

  private void refuse(List<Read> refused, GatewayException why) {
    for (Read item : refused) {
      JsonObject told = steps.refuse(item.result(), why);
      answered |= isAccepted(told);
      results.add(told);
    }
  }

  /** Fills in some at a time, until the slice is full or nothing is left. */
  private Future<Void> fill(List<Read> slice, BodyBudget.Share share, long bytes) {
    if (at == items.size() || bytes >= SLICE_BYTES) {
      return Future.succeededFuture();
    }
    int first = slice.size();
    List<Future<?>> fillings = new ArrayList<>(AT_ONCE);
    for (int end = Math.min(items.size(), at + AT_ONCE); at < end; at++) {
      Read item = items.get(at);
      int place = slice.size();
      slice.add(item);
      if (item.parsed() instanceof ParsedNotification.Templated templated) {
        fillings.add(
            steps
                .fill(templated)
                .onSuccess(
                    filled -> slice.set(place, new Read(item.result(), item.content(), filled))));
      }
    }
    Future<?> run = fillings.isEmpty() ? Future.succeededFuture() : Future.join(fillings);
    return run.compose(
        filled -> {
          int more = slice.subList(first, slice.size()).stream().mapToInt(BatchSlices::bytes).sum();
          return share.take(COPIES * more)
              ? fill(slice, share, bytes + more)
              : Future.failedFuture(
                  new GatewayException(
                      503, "too much is being filled in for other batches; try again soon"));
        });
  }

  private static boolean canBeAccepted(Read item) {
    return item.parsed() instanceof ParsedNotification.Valid;
  }

  /** Also by an earlier request, although it has mistakes by now. */
  static boolean isAccepted(JsonObject result) {
    return Integer.valueOf(202).equals(result.getInteger("status"));
  }

  private static int bytes(Read item) {
    return item.parsed() instanceof ParsedNotification.Valid valid ? valid.content().length() : 0;
  }

  /** What is done with items. */
  interface Steps {
    /** Makes its texts; fails with a {@link GatewayException} of status 503. */
    Future<ParsedNotification> fill(ParsedNotification.Templated templated);

    /** Accepts what can be; fails with a {@link GatewayException} if nothing was stored. */
    Future<List<JsonObject>> accept(List<Read> slice);

    /** Says that an item was not stored, unless something was said of it already. */
    JsonObject refuse(JsonObject result, GatewayException why);
  }
}
