package io.signalbox.gateway.api;

import io.signalbox.gateway.api.CompatReader.Read;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.intake.IntakeResult;
import io.signalbox.gateway.ledger.RepeatedRequest;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks up what of a request was stored before, by its idempotency key, before anything of it is
 * stored: a key of another request refuses all of it, and what has mistakes by now had none then.
 *
 * <p>Of two different requests with one key that come for the first time at the same moment neither
 * sees the other here. Then the ledger stores one of them: in each the key of the whole request is
 * claimed beside what is stored of it.
 *
 * <p>In the spool the claim is kept with the first notification of the request alone. So where
 * PostgreSQL is away, and two nodes are given different requests with one key, part of the second
 * one may still be sent when both hand over: what the first one has no notification for. Nothing is
 * sent twice.
 */
final class CompatRepeats {
  private static final int FORBIDDEN = 403;

  private final ApiServices services;

  CompatRepeats(ApiServices services) {
    this.services = services;
  }

  /**
   * What was stored before, by the index of the notification.
   *
   * @param keys null without an idempotency key
   * @param read may end at the first mistake
   * @return fails with a {@link RefusedException} if the key is that of another request, and with a
   *     {@link GatewayException} of status 503 if that cannot be known of something with mistakes
   */
  Future<Map<Integer, IntakeResult>> find(
      CompatIntake.Task task, @Nullable CompatKeys keys, List<Read> read) {
    boolean mistaken = read.stream().anyMatch(each -> each.refusal() != null);
    // Of one alone intake finds out by itself.
    if (keys == null || (!mistaken && read.size() == 1)) {
      return Future.succeededFuture(Map.of());
    }
    List<Integer> places = places(task, read);
    List<RepeatedRequest> requests = new ArrayList<>();
    places.forEach(place -> requests.add(keys.request(place)));
    requests.add(keys.whole());
    return places.isEmpty()
        ? Future.succeededFuture(Map.of())
        : services
            .intake()
            .earlier(requests)
            .map(found -> known(places, found))
            .recover(
                failure ->
                    // What can be taken without that is taken, as that of one notification is.
                    failure instanceof GatewayException && !mistaken
                        ? Future.succeededFuture(Map.of())
                        : Future.failedFuture(failure));
  }

  /** Of which the caller may know. */
  private static List<Integer> places(CompatIntake.Task task, List<Read> read) {
    List<AskedNotification> all = task.asked().notifications();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Refusal refusal = i < read.size() ? read.get(i).refusal() : null;
      if ((refusal == null || refusal.status() != FORBIDDEN)
          && SendingScope.mayAskFor(task.caller(), all.get(i).notification())) {
        places.add(i);
      }
    }
    return places;
  }

  private static Map<Integer, IntakeResult> known(
      List<Integer> places, List<Optional<IntakeResult>> found) {
    Map<Integer, IntakeResult> known = new HashMap<>();
    for (int i = 0; i < found.size(); i++) {
      IntakeResult earlier = found.get(i).orElse(null);
      if (earlier instanceof IntakeResult.KeyReused) {
        throw reused();
      }
      if (earlier != null && i < places.size()) {
        known.put(places.get(i), earlier);
      }
    }
    return known;
  }

  /** What is told of a request whose key is another's. */
  static RefusedException reused() {
    return new RefusedException(
        new Refusal(422, Refusal.Kind.KEY_REUSED, IntakeResult.KeyReused.DETAIL));
  }
}
