package io.signalbox.gateway.calling;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.Canary;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.RateMessages.CoolsDownElsewhere;
import io.signalbox.gateway.call.CalledBy;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.CallLedger;
import io.signalbox.gateway.ledger.Nodes;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.rate.RateSharing;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.spi.operation.Answer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from operations to providers, in a verticle of its own. {@link #call} may be used from
 * any thread, from the verticle's start until its stop; before and after, no call is made.
 */
public final class CallVerticle extends VerticleBase implements ProviderCalls {
  private static final Logger LOG = LoggerFactory.getLogger(CallVerticle.class);

  private final Bus bus;
  private final CallLedger ledger;
  private final Nodes nodes;
  private final GatewayConfig.Dispatch settings;
  private final NotificationIds ids;
  private final Tracing tracing;
  private final Clock clock;

  /** Of all providers that there were; their number is that of the files that there were. */
  private final Map<String, String> accounts = new ConcurrentHashMap<>();

  private volatile @Nullable Running running;

  /** What there is once it runs. */
  private record Running(Context home, CallDesk desk, CallBoard board) {}

  /**
   * Makes one that knows no provider yet.
   *
   * @param nodes the nodes that share the ledger
   * @param ids for calls that are recorded by themselves
   */
  public CallVerticle(
      Bus bus,
      CallLedger ledger,
      Nodes nodes,
      GatewayConfig.Dispatch settings,
      NotificationIds ids,
      Tracing tracing,
      Clock clock) {
    this.bus = bus;
    this.ledger = ledger;
    this.nodes = nodes;
    this.settings = settings;
    this.ids = ids;
    this.tracing = tracing;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    RateSharing rates = new RateSharing(vertx, bus, nodes, this::permitsGiven);
    CallBoard board = new CallBoard(vertx, CallLimits.of(settings), rates, clock);
    rates.begin(board::ratesChanged);
    CallDesk desk = new CallDesk(bus, board, new CallJournal(vertx, ledger), ids, tracing, clock);
    bus.listen(
        Addresses.PROVIDERS,
        ProviderState.class,
        state -> {
          board.update(state);
          accounts.put(state.provider(), board.account(state.provider()));
        });
    bus.listen(Addresses.PROVIDERS_CANARY, Canary.class, board::canary);
    bus.listen(
        Addresses.COOL_DOWNS_ELSEWHERE,
        CoolsDownElsewhere.class,
        told -> board.coolsDown(told.provider(), told.untilMillis()));
    running = new Running(context, desk, board);
    return Future.succeededFuture();
  }

  private void permitsGiven() {
    Running now = running;
    if (now != null) {
      now.board().permitsGiven();
    }
  }

  @Override
  public Future<?> stop() {
    Running was = running;
    running = null;
    if (was != null) {
      was.board().close();
    }
    return Future.succeededFuture();
  }

  @Override
  public String account(String provider) {
    return accounts.getOrDefault(provider, "");
  }

  @Override
  public <T> Future<Answer<T>> call(String provider, ProviderCall<T> call, CalledBy by) {
    Running now = running;
    if (now == null) {
      return Future.succeededFuture(new Answer.Failed<>(Unanswered.gone()));
    }
    Context caller = Vertx.currentContext();
    Promise<Answer<T>> answer = Promise.promise();
    now.home()
        .runOnContext(
            there ->
                Future.succeededFuture()
                    .compose(go -> now.desk().call(provider, call, by))
                    .otherwise(failure -> broken(call, failure))
                    .onComplete(done -> tell(caller, () -> answer.handle(done))));
    return answer.future();
  }

  /** A bug of ours: nobody knows how far it got. */
  private static <T> Answer<T> broken(ProviderCall<T> call, Throwable failure) {
    LOG.error("a call ({}) broke off", call.type().wireName(), failure);
    return new Answer.Failed<>(Unanswered.noAnswer(call.type(), "the call broke off"));
  }

  private static void tell(@Nullable Context caller, Runnable told) {
    if (caller == null) {
      told.run();
    } else {
      caller.runOnContext(here -> told.run());
    }
  }
}
