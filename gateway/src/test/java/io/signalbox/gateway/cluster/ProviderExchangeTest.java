package io.signalbox.gateway.cluster;

import static io.signalbox.gateway.cluster.TestNodes.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.NodeProviderExamples;
import io.signalbox.gateway.bus.NodeProviderMessages.AskHad;
import io.signalbox.gateway.bus.NodeProviderMessages.DeliverThere;
import io.signalbox.gateway.bus.NodeProviderMessages.DeliveredThere;
import io.signalbox.gateway.bus.NodeProviderMessages.LookUpThere;
import io.signalbox.gateway.bus.NodeProviderMessages.LookedUpThere;
import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.bus.ProviderMessages.LookUp;
import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.bus.ProviderMessages.ProviderMessage;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Receive;
import io.signalbox.gateway.bus.ProviderMessages.Received;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.StatusQuery;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes, of which one has a provider: the other sends over it, as long as it has none. */
@Timeout(120)
class ProviderExchangeTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final String MAIL = "mail";
  private static final Outcome SENT = new Outcome.Sent("m-1", Evidence.answered(200, null, null));
  private static final WebhookResult VERIFIED = new WebhookResult.Verified(List.of());
  private static final int NOT_BEGUN = 503;

  /** Of webhooks that are held at once: two of those that these tests send. */
  private static final long MAX_BYTES = 2L * NodeProviderExamples.webhook().body().length();

  private static final int NOT_KNOWN = 504;

  private final TestNodes nodes = new TestNodes();
  private final Vertx otherVertx = Vertx.vertx();
  private final Bus lender = Bus.install(nodes.vertx());
  private final Bus borrower = Bus.install(otherVertx);
  private final List<ProviderState> told = new CopyOnWriteArrayList<>();
  private final List<Deliver> begun = new CopyOnWriteArrayList<>();
  private final List<WebhookRequest> webhooks = new CopyOnWriteArrayList<>();
  private volatile Future<WebhookResult> webhookResult = Future.succeededFuture(VERIFIED);
  private final List<StatusQuery> lookedUp = new CopyOnWriteArrayList<>();
  private volatile Set<String> switchedOff = Set.of();
  private volatile Future<Outcome> outcome = Future.succeededFuture(SENT);
  private ClusterNode has;
  private ClusterNode lacks;
  private final List<ProviderExchange> exchanges = new ArrayList<>();
  private ProviderExchange lends;

  @BeforeEach
  void meet() {
    has = nodes.answering();
    Context otherHome = otherVertx.getOrCreateContext();
    lacks = nodes.answering(Optional.empty(), otherHome);
    ended(new PeerPings(nodes.vertx(), lacks).first());
    lender.answer(
        Addresses.provider(MAIL, 1),
        ProviderMessage.class,
        message -> {
          if (message instanceof LookUp lookUp) {
            lookedUp.add(lookUp.query());
            return Future.succeededFuture(NodeProviderExamples.found());
          }
          if (message instanceof Receive receive) {
            webhooks.add(receive.request());
            return webhookResult.map(Received::new);
          }
          Deliver deliver = (Deliver) message;
          begun.add(deliver);
          return outcome.map(ended -> new Delivered(deliver.attempt(), ended, 5));
        });
    borrower.listen(Addresses.PROVIDERS, ProviderState.class, told::add);
    ProviderState mail = NodeProviderExamples.state(MAIL, 1, Stage.ACTIVE);
    lends = exchange(new ProviderExchange(nodes.vertx(), nodes.home(), lender, has, MAX_BYTES));
    lends.open(() -> List.of(mail), Set::of);
    ended(
        exchange(new ProviderExchange(otherVertx, otherHome, borrower, lacks, MAX_BYTES))
            .open(List::of, () -> switchedOff));
    await().atMost(LIMIT).until(() -> !told.isEmpty());
    assertThat(last().stage()).as("known before this node is ready").isEqualTo(Stage.ACTIVE);
    assertThat(last().abilities()).isEqualTo(NodeProviderExamples.ABILITIES);
  }

  private ProviderExchange exchange(ProviderExchange made) {
    exchanges.add(made);
    return made;
  }

  @AfterEach
  void close() {
    ended(Future.join(exchanges.stream().map(ProviderExchange::close).toList()));
    exchanges.forEach(ProviderExchange::end);
    nodes.close();
    ended(otherVertx.close());
  }

  private ProviderState last() {
    return told.get(told.size() - 1);
  }

  private void awaitLast(Stage stage) {
    await().atMost(LIMIT).until(() -> !told.isEmpty() && last().stage() == stage);
  }

  private Future<Delivered> send(int attempt, long generation) {
    return borrower.request(
        Addresses.provider(MAIL, generation),
        NodeProviderExamples.attempt(attempt),
        Delivered.class,
        ANSWER);
  }

  private static int statusOf(Future<?> failed) {
    await().atMost(LIMIT).until(failed::isComplete);
    assertThat(failed.cause()).isInstanceOf(GatewayException.class);
    return ((GatewayException) failed.cause()).status();
  }

  @Test
  void aProviderOfAnotherNodeIsUsedWhileThereIsNoneHere() {
    long borrowed = last().generation();
    assertThat(borrowed).isNegative();
    assertThat(ended(send(1, borrowed)).outcome()).isEqualTo(SENT);
    assertThat(begun).extracting(Deliver::attempt).containsExactly(attempt(1));

    borrower.publish(Addresses.PROVIDERS, NodeProviderExamples.state(MAIL, 1, Stage.DRAINING));
    awaitLast(Stage.STOPPED);
    assertThat(last().generation()).as("its own comes first").isEqualTo(borrowed);
    assertThat(statusOf(send(2, borrowed))).isEqualTo(NOT_BEGUN);

    borrower.publish(Addresses.PROVIDERS, NodeProviderExamples.state(MAIL, 1, Stage.STOPPED));
    awaitLast(Stage.ACTIVE);
    assertThat(last().generation()).as("a new loan").isGreaterThan(borrowed).isNegative();

    lender.publish(Addresses.PROVIDERS, NodeProviderExamples.state(MAIL, 1, Stage.DRAINING));
    awaitLast(Stage.STOPPED);
    lender.publish(Addresses.PROVIDERS, NodeProviderExamples.state(MAIL, 1, Stage.ACTIVE));
    awaitLast(Stage.ACTIVE);
    Promise<Outcome> held = Promise.promise();
    outcome = held.future();
    Future<Delivered> underWay = send(3, last().generation());
    await().atMost(LIMIT).until(() -> begun.size() == 2);
    ended(lends.close());
    awaitLast(Stage.STOPPED);
    held.complete(SENT);
    assertThat(ended(underWay).outcome()).as("what is under way ends").isEqualTo(SENT);
  }

  @Test
  void anAttemptIsLookedUpAtTheNodeThatHasTheProvider() {
    assertThat(last().statusLookup()).isTrue();
    String address = Addresses.provider(MAIL, last().generation());
    StatusQuery query = NodeProviderExamples.query("m-1");
    assertThat(ended(borrower.request(address, new LookUp(query), LookedUp.class, ANSWER)))
        .isEqualTo(NodeProviderExamples.found());
    assertThat(lookedUp).containsExactly(query);

    lender.publish(Addresses.PROVIDERS, NodeProviderExamples.state(MAIL, 1, Stage.DRAINING));
    LookUpThere late = new LookUpThere(MAIL, query);
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(
                        ended(lacks.bus().ask(has.id(), late, LookedUpThere.class, ANSWER))
                            .lookedUp()
                            .answer())
                    .isEqualTo(LookUpAnswer.NOT_ASKED));
  }

  @Test
  void aWebhookIsVerifiedAtTheNodeThatHasTheProvider() {
    String address = Addresses.provider(MAIL, last().generation());
    Receive came = new Receive(NodeProviderExamples.webhook());
    assertThat(ended(borrower.request(address, came, Received.class, ANSWER)).result())
        .isEqualTo(VERIFIED);
    assertThat(webhooks).hasSize(1);
    WebhookRequest there = webhooks.get(0);
    assertThat(there.headers().getAll("accept")).containsExactly("a", "b");
    assertThat(there.body()).isEqualTo(came.request().body());
    assertThat(there.url()).isEqualTo(came.request().url());

    webhookResult = Future.failedFuture(new GatewayException(500, "broken"));
    assertThat(statusOf(borrower.request(address, came, Received.class, ANSWER)))
        .as("it is repeated")
        .isEqualTo(NOT_BEGUN);
  }

  @Test
  void noMoreBytesOfWebhooksAreHeldThanMayBe() {
    String address = Addresses.provider(MAIL, last().generation());
    WebhookRequest small = NodeProviderExamples.webhook();
    WebhookRequest large =
        new WebhookRequest(
            small.method(),
            small.url(),
            small.rawQuery(),
            small.headers(),
            Buffer.buffer(new byte[(int) MAX_BYTES + 1]),
            small.receivedAt());
    assertThat(statusOf(borrower.request(address, new Receive(large), Received.class, ANSWER)))
        .isEqualTo(NOT_BEGUN);
    assertThat(webhooks).isEmpty();

    // One after the other they are more than may be held at once.
    for (int i = 0; i < 3; i++) {
      ended(borrower.request(address, new Receive(small), Received.class, ANSWER));
    }
    assertThat(webhooks).hasSize(3);
  }

  @Test
  void anAttemptWhoseNodeLeftIsUnknown() {
    outcome = Promise.<Outcome>promise().future();
    Future<Delivered> unanswered = send(1, last().generation());
    await().atMost(LIMIT).until(() -> begun.size() == 1);
    nodes.leave(has);
    awaitLast(Stage.STOPPED);
    assertThat(statusOf(unanswered)).isEqualTo(NOT_KNOWN);
  }

  @Test
  void aNodeThatSaysNothingOfItsAttemptsIsNotWaitedFor() {
    has.bus().answer(AskHad.class, asked -> Promise.<DeliveredThere>promise().future());
    outcome = Promise.<Outcome>promise().future();
    Future<Delivered> unanswered = send(1, last().generation());
    assertThat(statusOf(unanswered)).isEqualTo(NOT_KNOWN);
    await().atMost(LIMIT).until(() -> told.stream().anyMatch(s -> s.stage() == Stage.STOPPED));
    awaitLast(Stage.ACTIVE);
  }

  @Test
  void aNodeThatHearsNothingIsNotAskedThoughItIsHeard() {
    ended(has.bus().close());
    assertThat(statusOf(send(1, last().generation()))).isEqualTo(NOT_BEGUN);
    await().atMost(LIMIT).until(() -> told.stream().anyMatch(s -> s.stage() == Stage.STOPPED));
    assertThat(begun).isEmpty();
  }

  @Test
  void aProviderThatIsSwitchedOffHereIsNotUsedElsewhere() {
    switchedOff = Set.of(MAIL);
    awaitLast(Stage.STOPPED);
    switchedOff = Set.of();
    awaitLast(Stage.ACTIVE);
  }

  @Test
  void anAttemptIsBegunOnceAndNotAtAllIfItComesTooLate() {
    // One that was held up on its way longer than it may be is tried again.
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              Future<DeliveredThere> answer = handOver(1, LentProviders.clockMillis() - 100);
              await().atMost(LIMIT).until(answer::isComplete);
              assertThat(answer.succeeded() || statusOf(answer) == NOT_BEGUN).isTrue();
              return answer.succeeded() && answer.result().delivered().outcome().equals(SENT);
            });
    assertThat(statusOf(handOver(1, inTime()))).isEqualTo(409);
    long givenUp = LentProviders.clockMillis() - HandOvers.ANSWER.toMillis();
    assertThat(statusOf(handOver(2, givenUp - 300))).isEqualTo(NOT_BEGUN);
    assertThat(statusOf(handOver(3, givenUp))).isEqualTo(NOT_BEGUN);
    assertThat(begun).extracting(Deliver::attempt).containsExactly(attempt(1));
    assertThat(begun.get(0).request().timeout())
        .as("what it took on its way is not given to it twice")
        .isLessThanOrEqualTo(NodeProviderExamples.attempt(1).request().timeout().minusMillis(100));
  }

  @Test
  void theEndOfAnOldGenerationOfItsOwnIsNotTheEndOfWhatIsBorrowed() {
    long borrowed = last().generation();
    borrower.publish(Addresses.PROVIDERS, NodeProviderExamples.state(MAIL, 1, Stage.STOPPED));
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              List<ProviderState> all = List.copyOf(told);
              ProviderState last = all.get(all.size() - 1);
              return all.stream().anyMatch(each -> each.stage() == Stage.STOPPED)
                  && last.stage() == Stage.ACTIVE;
            });
    assertThat(last().generation()).isEqualTo(borrowed);
  }

  @Test
  void anotherThatHasItIsUsedWhenTheFirstLeaves() {
    ClusterNode second = nodes.answering();
    ended(new PeerPings(nodes.vertx(), second).first());
    ProviderState mail = NodeProviderExamples.state(MAIL, 1, Stage.ACTIVE);
    exchange(new ProviderExchange(nodes.vertx(), nodes.home(), lender, second, MAX_BYTES))
        .open(() -> List.of(mail), Set::of);
    long first = last().generation();
    await().atMost(LIMIT).until(() -> lacks.has(second.id()));

    ended(lends.close());
    await()
        .atMost(LIMIT)
        .until(() -> last().generation() > first && last().stage() == Stage.ACTIVE);
    assertThat(ended(send(1, last().generation())).outcome()).isEqualTo(SENT);
    assertThat(last().warnings()).singleElement().asString().contains(addressOf(second));
  }

  private String addressOf(ClusterNode node) {
    return node.members().stream()
        .filter(ClusterMember::self)
        .map(ClusterMember::address)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void noMoreThanItsLimitIsUnderWayForEachOtherNode() {
    outcome = Promise.<Outcome>promise().future();
    int limit = NodeProviderExamples.state(MAIL, 1, Stage.ACTIVE).limits().maxConcurrent();
    for (int attempt = 1; attempt <= limit; attempt++) {
      handOver(attempt, inTime());
    }
    assertThat(statusOf(handOver(limit + 1, inTime()))).isEqualTo(NOT_BEGUN);
    await().atMost(LIMIT).until(() -> begun.size() >= limit);
    assertThat(begun).hasSize(limit);
  }

  private static AttemptId attempt(int number) {
    return NodeProviderExamples.attempt(number).attempt();
  }

  /** By a clock that is ahead, so that no pause of the machine makes it late. */
  private static long inTime() {
    return LentProviders.clockMillis() + LIMIT.toMillis();
  }

  private Future<DeliveredThere> handOver(int attempt, long atMillis) {
    DeliverThere asked = new DeliverThere(MAIL, atMillis, NodeProviderExamples.attempt(attempt));
    return lacks.bus().ask(has.id(), asked, DeliveredThere.class, ANSWER);
  }
}
