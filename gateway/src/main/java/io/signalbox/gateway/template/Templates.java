package io.signalbox.gateway.template;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.TemplateDocument;
import io.signalbox.gateway.ledger.TemplateLedger;
import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.notification.ParsedNotification;
import io.signalbox.gateway.notification.TemplateUse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the texts of notifications from templates, on threads of its own: no template and no data
 * hold up an event loop. Thread-safe; a Future completes on the context of its caller.
 */
public final class Templates {
  private static final String POOL = "signalbox-templates";
  private static final int THREADS = 2;

  /** Each holds its data, and the gateway's health knows nothing of them. */
  private static final int MOST_WAITING = 2_000;

  private final NotificationParser parser;
  private final TemplateLedger ledger;
  private final TemplateBook book;
  private final WorkerExecutor workers;
  private final WaitingRoom waiting = new WaitingRoom(MOST_WAITING);

  /**
   * Makes it.
   *
   * @param parser reads the notifications that come of it
   */
  public Templates(Vertx vertx, TemplateLedger ledger, NotificationParser parser) {
    this.parser = parser;
    this.ledger = ledger;
    this.book = new TemplateBook(ledger, System::nanoTime);
    this.workers = vertx.createSharedWorkerExecutor(POOL, THREADS);
  }

  /** Where they are stored; who changes them there tells {@link #changed}. */
  public TemplateLedger ledger() {
    return ledger;
  }

  /** What is wrong with a template that somebody wrote; empty if it can be stored. */
  public Future<List<FieldProblem>> check(TemplateDocument document) {
    return workers.executeBlocking(() -> DocumentCheck.problems(document), false);
  }

  /** Templates were changed here: their next use sees it. */
  public void changed() {
    book.changed();
  }

  /**
   * A notification with its texts.
   *
   * @return a {@link ParsedNotification.Valid} or an {@link ParsedNotification.Invalid}; fails with
   *     a {@link GatewayException} of status 503 if the template cannot be read now, or too many
   *     wait
   */
  public Future<ParsedNotification> fill(ParsedNotification.Templated asked) {
    return render(asked.tenant(), asked.use(), rendering -> conclude(asked, rendering));
  }

  /** The texts that a template gives; fails as above. */
  public Future<Rendering> render(String tenant, TemplateUse use) {
    return render(tenant, use, rendering -> rendering);
  }

  private ParsedNotification conclude(ParsedNotification.Templated asked, Rendering rendering) {
    if (rendering instanceof Rendering.Done done) {
      return parser.parse(asked, done.rendered());
    }
    return new ParsedNotification.Invalid(
        false,
        rendering instanceof Rendering.Unknown unknown
            ? List.of(unknown.problem())
            : ((Rendering.Refused) rendering).problems());
  }

  private <T> Future<T> render(String tenant, TemplateUse use, Function<Rendering, T> then) {
    Integer wanted = use.version();
    int version = wanted == null ? TemplateLedger.NEWEST : wanted;
    if (!waiting.enter(tenant)) {
      return Future.failedFuture(
          new GatewayException(503, "too many templates are being filled in; try again soon"));
    }
    return onCaller(book.find(tenant, use.name(), version))
        .compose(
            found ->
                workers.executeBlocking(() -> then.apply(render(use, found.orElse(null))), false))
        .onComplete(done -> waiting.leave(tenant));
  }

  private static Rendering render(TemplateUse use, @Nullable CompiledTemplate template) {
    return template == null ? new Rendering.Unknown(use.version() != null) : template.render(use);
  }

  /** What is read once for several callers comes on the thread of one of them. */
  private static <T> Future<T> onCaller(Future<T> any) {
    ContextInternal caller = ContextInternal.current();
    if (caller == null) {
      return any;
    }
    Promise<T> here = caller.promise();
    any.onComplete(here);
    return here.future();
  }

  /** Ends its threads. */
  public Future<Void> close() {
    return workers.close();
  }
}
