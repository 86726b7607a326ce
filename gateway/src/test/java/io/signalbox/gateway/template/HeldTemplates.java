package io.signalbox.gateway.template;

import io.signalbox.gateway.ledger.Act;
import io.signalbox.gateway.ledger.Template;
import io.signalbox.gateway.ledger.TemplateDocument;
import io.signalbox.gateway.ledger.TemplateLedger;
import io.signalbox.gateway.ledger.TemplateSummary;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A real ledger whose answers to readers can be held back, and that rings no bell. */
final class HeldTemplates implements TemplateLedger {
  final AtomicInteger reads = new AtomicInteger();
  private final TemplateLedger real;
  private volatile @Nullable Future<Optional<Template>> hold;

  HeldTemplates(TemplateLedger real) {
    this.real = real;
  }

  /** From now on readers get this; null: what is stored. */
  void hold(@Nullable Future<Optional<Template>> answer) {
    hold = answer;
  }

  @Override
  public Future<Optional<Template>> template(String tenant, String name, int version) {
    reads.incrementAndGet();
    Future<Optional<Template>> held = hold;
    return held == null ? real.template(tenant, name, version) : held;
  }

  @Override
  public Future<List<TemplateSummary>> templates(String tenant) {
    return real.templates(tenant);
  }

  @Override
  public Future<List<TemplateSummary>> versions(String tenant, String name) {
    return real.versions(tenant, name);
  }

  @Override
  public Future<Optional<Written>> putTemplate(
      String tenant,
      String name,
      TemplateDocument document,
      Consumer<Optional<Template>> check,
      String actor,
      long nowMillis) {
    return real.putTemplate(tenant, name, document, check, actor, nowMillis);
  }

  @Override
  public Future<Boolean> removeTemplate(
      String tenant, String name, Consumer<Optional<Template>> check, long nowMillis) {
    return real.removeTemplate(tenant, name, check, nowMillis);
  }

  @Override
  public void onChange(Runnable bell) {
    // Each is lost.
  }

  @Override
  public TemplateLedger by(Act act) {
    return real.by(act);
  }
}
