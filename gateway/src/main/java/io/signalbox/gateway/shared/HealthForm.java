package io.signalbox.gateway.shared;

import io.signalbox.gateway.bus.HealthMessages.AcceptedCount;
import io.signalbox.gateway.bus.HealthMessages.EndCount;
import io.signalbox.gateway.bus.HealthMessages.HealthSlice;
import io.signalbox.gateway.ledger.DeliveryNews;
import io.signalbox.scoring.AttemptEnd;
import io.signalbox.scoring.AttemptResult;
import io.signalbox.scoring.FailureKind;
import io.signalbox.spi.Channel;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** News of providers' health as they stand in Redis: short arrays, since there may be many. */
final class HealthForm {
  private HealthForm() {}

  static String encode(List<HealthSlice> slices) {
    return array(slices, HealthForm::slice).encode();
  }

  private static JsonObject slice(HealthSlice slice) {
    return new JsonObject()
        .put("provider", slice.provider())
        .put("reset_at", slice.resetAtMillis())
        .put("attempts", array(slice.attempts(), HealthForm::attempt))
        .put("counts", array(slice.counts(), HealthForm::count))
        .put("accepted", array(slice.accepted(), HealthForm::accepted))
        .put("news", array(slice.news(), HealthForm::news));
  }

  private static JsonArray attempt(AttemptEnd end) {
    return JsonArray.of(end.atMillis(), end.id(), end.success(), end.tookMillis());
  }

  private static JsonArray count(EndCount ended) {
    FailureKind failure = ended.failure();
    return JsonArray.of(
        ended.second(),
        ended.result().name(),
        failure == null ? null : failure.name(),
        ended.count());
  }

  private static JsonArray accepted(AcceptedCount accepted) {
    return JsonArray.of(accepted.channel().name(), accepted.second(), accepted.count());
  }

  private static JsonArray news(DeliveryNews news) {
    return JsonArray.of(
        news.channel().name(),
        news.acceptedAtMillis(),
        news.verdict().name(),
        news.atMillis(),
        news.heardAtMillis(),
        news.lookedUp());
  }

  private static <T> JsonArray array(Collection<T> all, Function<T, ?> form) {
    JsonArray array = new JsonArray();
    all.forEach(each -> array.add(form.apply(each)));
    return array;
  }

  /** Reads them; empty if they are none, as another version might have written. */
  static Optional<List<HealthSlice>> decode(String text) {
    try {
      List<HealthSlice> slices = new ArrayList<>();
      for (Object each : new JsonArray(text)) {
        slices.add(slice((JsonObject) each));
      }
      return Optional.of(slices);
    } catch (DecodeException
        | ClassCastException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | NullPointerException e) {
      return Optional.empty();
    }
  }

  private static HealthSlice slice(JsonObject json) {
    String provider = json.getString("provider");
    return new HealthSlice(
        provider,
        json.getLong("reset_at"),
        list(
            json.getJsonArray("attempts"),
            each ->
                AttemptEnd.of(
                    each.getLong(0), each.getLong(1), each.getBoolean(2), each.getLong(3))),
        list(
            json.getJsonArray("counts"),
            each ->
                new EndCount(
                    each.getLong(0),
                    AttemptResult.valueOf(each.getString(1)),
                    failure(each.getString(2)),
                    each.getInteger(3))),
        list(
            json.getJsonArray("accepted"),
            each ->
                new AcceptedCount(
                    Channel.valueOf(each.getString(0)), each.getLong(1), each.getInteger(2))),
        list(
            json.getJsonArray("news"),
            each ->
                new DeliveryNews(
                    provider,
                    Channel.valueOf(each.getString(0)),
                    each.getLong(1),
                    DeliveryNews.Verdict.valueOf(each.getString(2)),
                    each.getLong(3),
                    each.getLong(4),
                    each.getBoolean(5))));
  }

  private static @Nullable FailureKind failure(@Nullable String name) {
    return name == null ? null : FailureKind.valueOf(name);
  }

  private static <T> List<T> list(JsonArray array, Function<JsonArray, T> form) {
    List<T> all = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      all.add(form.apply(array.getJsonArray(i)));
    }
    return all;
  }
}
