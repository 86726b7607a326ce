package io.signalbox.gateway.template;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.Template;
import io.signalbox.gateway.ledger.TemplateLedger;
import io.signalbox.gateway.security.Questions;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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

  private final TemplateLedger ledger;
  private final AtomicLong changes = new AtomicLong();
  private final Questions<Optional<CompiledTemplate>> reads = new Questions<>(MOST_READS);
  private final Cache<Key, Held> held =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARACTERS)
          .weigher((Key key, Held value) -> value.template.weight())
          .build();

  TemplateBook(TemplateLedger ledger) {
    this.ledger = ledger;
    ledger.onChange(this::changed);
  }

  /** Something may have been changed: what is held is read again before its next use. */
  void changed() {
    changes.incrementAndGet();
  }

  /** A template that is held and as it is in the ledger, as far as is known; null for others. */
  @Nullable CompiledTemplate known(String tenant, String name, int version) {
    Held found = held.getIfPresent(new Key(tenant, name, version));
    return found != null && found.changes == changes.get() ? found.template : null;
  }

  /**
   * A template.
   *
   * @param version {@link TemplateLedger#NEWEST}, or which
   * @return empty if there is none; fails with a {@link GatewayException} of status 503 if it is
   *     not held and cannot be read now. Complete on any thread
   */
  Future<Optional<CompiledTemplate>> find(String tenant, String name, int version) {
    CompiledTemplate known = known(tenant, name, version);
    if (known != null) {
      return Future.succeededFuture(Optional.of(known));
    }
    Key key = new Key(tenant, name, version);
    long before = changes.get();
    Future<Optional<CompiledTemplate>> read =
        reads.ask(before + " " + key, () -> read(key, before));
    return read == null
        ? unavailable(key, "too many templates are being read")
        : read.recover(failure -> unavailable(key, failure.toString()));
  }

  private Future<Optional<CompiledTemplate>> read(Key key, long before) {
    return ledger
        .template(key.tenant, key.name, key.version)
        .map(
            found -> {
              Optional<CompiledTemplate> compiled = found.map(template -> compiled(key, template));
              compiled.ifPresentOrElse(
                  template -> held.put(key, new Held(template, before)),
                  () -> held.invalidate(key));
              return compiled;
            });
  }

  /** A version never changes: what was compiled before is as good. */
  private CompiledTemplate compiled(Key key, Template template) {
    Held before = held.getIfPresent(key);
    return before != null && before.template.isOf(template)
        ? before.template
        : new CompiledTemplate(template);
  }

  private Future<Optional<CompiledTemplate>> unavailable(Key key, String why) {
    LOG.debug("a template was not read: {}", why);
    Held last = held.getIfPresent(key);
    return last == null
        ? Future.failedFuture(
            new GatewayException(503, "templates cannot be read now; try again soon"))
        : Future.succeededFuture(Optional.of(last.template));
  }

  private record Key(String tenant, String name, int version) {}

  /** What was read, and how many changes were known of when it was asked for. */
  private record Held(CompiledTemplate template, long changes) {}
}
