package io.signalbox.gateway.template;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.Template;
import io.signalbox.gateway.ledger.TemplateLedger;
import io.signalbox.gateway.security.Questions;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The templates that were used last, compiled. What the ledger rings for is read again before it is
 * used again; while the ledger is away, what was read before is used. Thread-safe.
 */
final class TemplateBook {
  private static final Logger LOG = LoggerFactory.getLogger(TemplateBook.class);

  /** Characters of texts; compiled they take some times as many bytes. */
  private static final long MOST_CHARACTERS = 8 << 20;

  private static final int MOST_READS = 256;

  /** What is held for so long is read again while it is used: a bell may have been lost. */
  private static final long READ_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final TemplateLedger ledger;
  private final LongSupplier nanos;
  private final AtomicLong changes = new AtomicLong();
  private final Questions<Optional<CompiledTemplate>> reads = new Questions<>(MOST_READS);
  private final Cache<Key, Held> held =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARACTERS)
          .weigher((Key key, Held value) -> value.template.weight())
          .build();

  /**
   * Makes an empty one.
   *
   * @param nanos monotonic time
   */
  TemplateBook(TemplateLedger ledger, LongSupplier nanos) {
    this.ledger = ledger;
    this.nanos = nanos;
    ledger.onChange(this::changed);
  }

  /** Something may have been changed: what is held is read again before its next use. */
  void changed() {
    changes.incrementAndGet();
  }

  /**
   * A template.
   *
   * @param version {@link TemplateLedger#NEWEST}, or which
   * @return empty if there is none; fails with a {@link GatewayException} of status 503 if it is
   *     not held and cannot be read now. Complete on any thread
   */
  Future<Optional<CompiledTemplate>> find(String tenant, String name, int version) {
    Key key = new Key(tenant, name, version);
    long before = changes.get();
    Held known = held.getIfPresent(key);
    if (known != null && known.changes == before) {
      if (nanos.getAsLong() - known.readNanos >= READ_AGAIN_NANOS) {
        ask(key, before);
      }
      return Future.succeededFuture(Optional.of(known.template));
    }
    Future<Optional<CompiledTemplate>> read = ask(key, before);
    return read == null ? unavailable(key) : read.recover(failure -> unavailable(key));
  }

  private @Nullable Future<Optional<CompiledTemplate>> ask(Key key, long before) {
    return reads.ask(before + " " + key, () -> read(key, before));
  }

  private Future<Optional<CompiledTemplate>> read(Key key, long before) {
    long begun = nanos.getAsLong();
    return ledger
        .template(key.tenant, key.name, key.version)
        .map(
            found -> {
              Optional<CompiledTemplate> compiled = found.map(template -> compiled(key, template));
              compiled.ifPresentOrElse(
                  template -> held.put(key, new Held(template, before, begun)),
                  () -> held.invalidate(key));
              return compiled;
            })
        .onFailure(failure -> LOG.debug("a template was not read: {}", failure.toString()));
  }

  /** A version never changes: what was compiled before is as good. */
  private CompiledTemplate compiled(Key key, Template template) {
    Held before = held.getIfPresent(key);
    return before != null && before.template.isOf(template)
        ? before.template
        : new CompiledTemplate(template);
  }

  private Future<Optional<CompiledTemplate>> unavailable(Key key) {
    Held last = held.getIfPresent(key);
    return last == null
        ? Future.failedFuture(
            new GatewayException(503, "templates cannot be read now; try again soon"))
        : Future.succeededFuture(Optional.of(last.template));
  }

  private record Key(String tenant, String name, int version) {}

  /** What was read, and how many changes were known of, and when, as it was asked for. */
  private record Held(CompiledTemplate template, long changes, long readNanos) {}
}
