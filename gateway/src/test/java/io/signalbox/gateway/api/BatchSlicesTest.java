package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.BatchIntake.Read;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.notification.ParsedNotification;
import io.signalbox.gateway.notification.ParsedNotification.Templated;
import io.signalbox.gateway.notification.ParsedNotification.Valid;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches whose items become much longer than they came. */
class BatchSlicesTest {
  private static final int LONG = 250_000;
  private static final String SHORT =
      "{\"notification_type\":\"g\",\"channel\":\"email\",\"recipient_email\":\"a@example.org\",";

  private final NotificationParser parser = new NotificationParser(Clock.systemUTC(), name -> null);
  private final List<Long> slices = new ArrayList<>();
  private final Map<Integer, GatewayException> refusals = new TreeMap<>();
  private Vertx vertx;
  private int underWay;
  private int mostUnderWay;
  private int filled;
  private boolean firstIsKnown;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void ofLongItemsOnlyAPartIsThereAtOnce() throws Exception {
    BodyBudget budget = new BodyBudget(BatchSlices.most());
    List<JsonObject> results = await(slices(templated(100), budget));
    assertThat(results).extracting(each -> each.getInteger("index")).isSorted().hasSize(100);
    assertThat(results).allMatch(each -> each.getInteger("status") == 202);
    assertThat(slices).hasSize(4);
    long most = BatchSlices.SLICE_BYTES + (long) BatchSlices.AT_ONCE * LONG;
    assertThat(slices).allMatch(bytes -> bytes <= most);
    assertThat(mostUnderWay).isLessThanOrEqualTo(BatchSlices.AT_ONCE);
    // All was given back.
    assertThat(budget.open().take(Math.toIntExact(BatchSlices.most()))).isTrue();
  }

  @Test
  void shortItemsAreAcceptedTogether() throws Exception {
    List<Read> items = plain(500);
    items.addAll(templated(3));
    assertThat(await(slices(items, new BodyBudget(BatchSlices.most())))).hasSize(503);
    assertThat(slices).hasSize(1);
  }

  @Test
  void whereNothingIsLeftOfTheBudgetTheRestIsRefusedAndNotFilledIn() throws Exception {
    BodyBudget budget = new BodyBudget(BatchSlices.most() / 4);
    Future<List<JsonObject>> none = slices(templated(100), budget);
    assertThat(failure(none))
        .isInstanceOf(GatewayException.class)
        .hasMessageContaining("too much is being filled in");
    assertThat(filled).isEqualTo(BatchSlices.AT_ONCE);
  }

  @Test
  void aSliceThatIsOverAQuotaDoesNotStopTheNextAndASliceThatCannotBeStoredDoes() throws Exception {
    BodyBudget budget = new BodyBudget(BatchSlices.most());
    refusals.put(1, new GatewayException(429, "quota-exceeded", "over the quota"));
    refusals.put(3, new GatewayException(503, "not now"));
    List<JsonObject> results = await(slices(templated(100), budget));
    int slice = 2 * BatchSlices.AT_ONCE;
    assertThat(IntStream.range(0, 4).mapToObj(each -> results.get(each * slice)))
        .extracting(each -> each.getInteger("status"))
        .containsExactly(202, 429, 202, 503);
    assertThat(results).hasSize(100);
    assertThat(slices).hasSize(4);

    slices.clear();
    refusals.put(0, refusals.get(1));
    refusals.put(2, refusals.get(1));
    Future<List<JsonObject>> none = slices(templated(3 * slice), budget);
    assertThat(failure(none)).isSameAs(refusals.get(1));
  }

  @Test
  void whatWasStoredBeforeIsToldThoughNothingElseIsStored() throws Exception {
    refusals.put(0, new GatewayException(429, "quota-exceeded", "over the quota"));
    firstIsKnown = true;
    assertThat(await(slices(templated(3), new BodyBudget(BatchSlices.most()))))
        .extracting(each -> each.getInteger("status"))
        .containsExactly(202, 429, 429);
  }

  private List<Read> templated(int count) {
    return items(count, "\"template\":\"t\",\"data\":{}}");
  }

  private List<Read> plain(int count) {
    return items(count, "\"message\":\"m\"}");
  }

  private List<Read> items(int count, String rest) {
    List<Read> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Buffer content = Buffer.buffer(SHORT + rest);
      ParsedNotification parsed = parser.parse(content, "shop", null);
      assertThat(parsed).isNotInstanceOf(ParsedNotification.Invalid.class);
      items.add(new Read(new JsonObject().put("index", i), content, parsed));
    }
    return items;
  }

  private Future<List<JsonObject>> slices(List<Read> items, BodyBudget budget) {
    Promise<List<JsonObject>> taken = Promise.promise();
    vertx.runOnContext(
        go -> new BatchSlices(items, budget, new Recording()).take().onComplete(taken));
    return taken.future();
  }

  private static Throwable failure(Future<List<JsonObject>> of) throws Exception {
    Future<Throwable> cause = of.transform(done -> Future.succeededFuture(done.cause()));
    return await(cause);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** Fills in with a long text, and notes what is to be accepted together. */
  private final class Recording implements BatchSlices.Steps {
    @Override
    public Future<ParsedNotification> fill(Templated templated) {
      filled++;
      mostUnderWay = Math.max(mostUnderWay, ++underWay);
      Promise<ParsedNotification> done = Promise.promise();
      vertx.runOnContext(
          later -> {
            underWay--;
            Buffer content = Buffer.buffer(new byte[LONG]);
            ParsedNotification plain = plain(1).get(0).parsed();
            done.complete(new Valid(((Valid) plain).notification(), content));
          });
      return done.future();
    }

    @Override
    public Future<List<JsonObject>> accept(List<Read> slice) {
      int number = slices.size();
      slices.add(
          slice.stream().mapToLong(each -> ((Valid) each.parsed()).content().length()).sum());
      GatewayException refusal = refusals.get(number);
      if (firstIsKnown) {
        slice.get(0).result().put("status", 202);
      }
      return refusal != null
          ? Future.failedFuture(refusal)
          : Future.succeededFuture(
              slice.stream().map(each -> each.result().put("status", 202)).toList());
    }

    @Override
    public JsonObject refuse(JsonObject result, GatewayException why) {
      return result.containsKey("status") ? result : result.put("status", why.status());
    }
  }
}
