package io.signalbox.gateway.cluster;

import static io.signalbox.gateway.cluster.TestNodes.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.NodeOperationMessages.OperateThere;
import io.signalbox.gateway.bus.NodeOperationMessages.OperatedThere;
import io.signalbox.gateway.bus.NodeProviderExamples;
import io.signalbox.gateway.bus.OperationMessages.Operate;
import io.signalbox.gateway.bus.OperationMessages.Operated;
import io.signalbox.gateway.bus.OperationMessages.OperationMessage;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.call.NumberCall.ReadRental;
import io.signalbox.gateway.call.NumberCall.Rent;
import io.signalbox.gateway.call.RentalRef;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.RentalMessage;
import io.signalbox.spi.operation.RentalState;
import io.signalbox.spi.operation.RentalStatus;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes, of which one has a provider: operations of the other call it there. */
@Timeout(120)
class OperationExchangeTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final String ID = "numbers";
  private static final ReadRental CALL =
      new ReadRental(new RentalRef("r-1", "wa", "us"), Duration.ofSeconds(10));
  private static final Operated ANSWERED =
      new Operated(
          new Answer.Done<>(
              Optional.of(
                  new RentalStatus(
                      RentalState.RECEIVED,
                      List.of(new RentalMessage("123456", null, Instant.ofEpochSecond(9))))),
              Evidence.answered(200, "STATUS_OK", null)),
          true,
          12);

  private final TestNodes nodes = new TestNodes();
  private final Vertx otherVertx = Vertx.vertx();
  private final Bus lender = Bus.install(nodes.vertx());
  private final Bus borrower = Bus.install(otherVertx);
  private final List<ProviderState> told = new CopyOnWriteArrayList<>();
  private final List<Operate> begun = new CopyOnWriteArrayList<>();
  private final List<ProviderExchange> exchanges = new ArrayList<>();
  private volatile Future<Operated> answer = Future.succeededFuture(ANSWERED);
  private ClusterNode has;
  private ClusterNode lacks;

  @BeforeEach
  void meet() {
    has = nodes.answering();
    Context otherHome = otherVertx.getOrCreateContext();
    lacks = nodes.answering(Optional.empty(), otherHome);
    ended(new PeerPings(nodes.vertx(), lacks).first());
    lender.answer(
        Addresses.operations(ID, 1),
        OperationMessage.class,
        message -> {
          begun.add((Operate) message);
          return answer;
        });
    borrower.listen(Addresses.PROVIDERS, ProviderState.class, told::add);
    ProviderState state = numbers(Stage.ACTIVE);
    ProviderExchange lends =
        new ProviderExchange(nodes.vertx(), nodes.home(), lender, has, 1_000_000);
    ProviderExchange borrows =
        new ProviderExchange(otherVertx, otherHome, borrower, lacks, 1_000_000);
    exchanges.addAll(List.of(lends, borrows));
    lends.open(() -> List.of(state), Set::of);
    ended(borrows.open(List::of, Set::of));
    await().atMost(LIMIT).until(() -> !told.isEmpty());
  }

  private static ProviderState numbers(Stage stage) {
    ProviderState some = NodeProviderExamples.state(ID, 1, stage);
    return new ProviderState(
        some.provider(),
        some.plugin(),
        some.pluginVersion(),
        some.generation(),
        Set.of(Channel.NUMBER),
        some.priority(),
        some.weight(),
        some.limits(),
        some.timeout(),
        some.statusLookup(),
        stage,
        some.breaker(),
        some.warnings());
  }

  @AfterEach
  void close() {
    ended(Future.join(exchanges.stream().map(ProviderExchange::close).toList()));
    exchanges.forEach(ProviderExchange::end);
    nodes.close();
    ended(otherVertx.close());
  }

  private static Operate operate(int attempt) {
    return new Operate(NodeProviderExamples.attempt(attempt).attempt(), CALL);
  }

  private Future<Operated> ask(int attempt) {
    return borrower.request(
        Addresses.operations(ID, told.get(told.size() - 1).generation()),
        operate(attempt),
        Operated.class,
        ANSWER);
  }

  private static int statusOf(Future<?> failed) {
    await().atMost(LIMIT).until(failed::isComplete);
    return ((GatewayException) failed.cause()).status();
  }

  @Test
  void aCallIsMadeAtTheNodeThatHasTheProvider() {
    assertThat(ended(ask(1))).isEqualTo(ANSWERED);
    assertThat(begun)
        .singleElement()
        .satisfies(
            there -> {
              assertThat(there.attempt()).isEqualTo(operate(1).attempt());
              ReadRental call = (ReadRental) there.call();
              assertThat(call.rental()).isEqualTo(CALL.rental());
              assertThat(call.timeout()).isLessThanOrEqualTo(CALL.timeout());
            });
  }

  @Test
  void aCallIsMadeOnceAndNotAtAllIfItComesTooLate() {
    assertThat(ended(handOver(1, inTime())).operated()).isEqualTo(ANSWERED);
    assertThat(statusOf(handOver(1, inTime()))).isEqualTo(HandedOver.TAKEN_BEFORE);
    long givenUp = LentProviders.clockMillis() - HandOvers.ANSWER.toMillis();
    assertThat(statusOf(handOver(2, givenUp))).isEqualTo(HandedOver.NOT_BEGUN);
    assertThat(begun).hasSize(1);
  }

  /** By a clock that is ahead, so that no pause of the machine makes it late. */
  private static long inTime() {
    return LentProviders.clockMillis() + LIMIT.toMillis();
  }

  private Future<OperatedThere> handOver(int attempt, long atMillis) {
    return lacks
        .bus()
        .ask(
            has.id(),
            new OperateThere(ID, atMillis, operate(attempt)),
            OperatedThere.class,
            ANSWER);
  }

  @Test
  void whoIsDrainedWindsUpWhatOtherNodesHaveBegunAndTakesNothingNew() {
    lender.publish(Addresses.PROVIDERS, numbers(Stage.DRAINING));
    await().atMost(LIMIT).until(() -> told.get(told.size() - 1).stage() == Stage.DRAINING);
    assertThat(ended(ask(1))).isEqualTo(ANSWERED);

    Rent rent =
        new Rent(new RentRequest("a-1", "us", "wa", null, false, Duration.ofSeconds(10), "trace"));
    Operate begins = new Operate(NodeProviderExamples.attempt(2).attempt(), rent);
    long now = inTime();
    assertThat(
            statusOf(
                lacks
                    .bus()
                    .ask(has.id(), new OperateThere(ID, now, begins), OperatedThere.class, ANSWER)))
        .isEqualTo(HandedOver.NOT_BEGUN);
    assertThat(begun).hasSize(1);
  }

  @Test
  void aCallWhoseNodeLeftIsNotKnown() {
    answer = Promise.<Operated>promise().future();
    Future<Operated> unanswered = ask(1);
    await().atMost(LIMIT).until(() -> begun.size() == 1);
    nodes.leave(has);
    assertThat(statusOf(unanswered)).isEqualTo(504);
  }
}
