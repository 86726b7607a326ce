package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Act;
import io.signalbox.gateway.ledger.AuditValues;
import io.signalbox.gateway.ledger.Template;
import io.signalbox.gateway.ledger.TemplateDocument;
import io.signalbox.gateway.ledger.TemplateLedger;
import io.signalbox.gateway.ledger.TemplateSummary;
import io.signalbox.gateway.ledger.TemplatesFullException;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Templates in the ledger. */
final class SqlTemplateLedger implements TemplateLedger {
  private final Store store;
  private final @Nullable Act act;

  SqlTemplateLedger(Store store) {
    this(store, null);
  }

  private SqlTemplateLedger(Store store, @Nullable Act act) {
    this.store = store;
    this.act = act;
  }

  @Override
  public TemplateLedger by(Act newAct) {
    return new SqlTemplateLedger(store, newAct);
  }

  @Override
  public Future<List<TemplateSummary>> templates(String tenant) {
    return store.readers().read(session -> session.templates().all(tenant));
  }

  @Override
  public Future<List<TemplateSummary>> versions(String tenant, String name) {
    return store.readers().read(session -> session.templates().versions(tenant, name));
  }

  @Override
  public Future<Optional<Template>> template(String tenant, String name, int version) {
    return store
        .readers()
        .read(session -> Optional.ofNullable(session.templates().find(tenant, name, version)));
  }

  @Override
  public void onChange(Runnable bell) {
    store.engine().onTemplates(bell);
  }

  @Override
  public Future<Optional<Written>> putTemplate(
      String tenant,
      String name,
      TemplateDocument document,
      Consumer<Optional<Template>> check,
      String actor,
      long nowMillis) {
    return store
        .writer()
        .submit(session -> put(session, tenant, name, document, check, actor, nowMillis), 1);
  }

  private Optional<Written> put(
      WriteSession session,
      String tenant,
      String name,
      TemplateDocument document,
      Consumer<Optional<Template>> check,
      String actor,
      long nowMillis)
      throws SQLException {
    TemplateTable table = session.templates();
    int greatest = table.greatestVersion(tenant, name);
    Template before = greatest == 0 ? null : table.newest(tenant, name);
    Refused.ifThrown(() -> check.accept(Optional.ofNullable(before)));
    if (before != null && before.document().equals(document)) {
      return Optional.of(new Written(before, How.SAME));
    }
    if (before == null && table.count(tenant) >= MAX_TEMPLATES) {
      return Optional.empty();
    }
    Template after = new Template(tenant, name, greatest + 1, document, nowMillis, actor);
    long bytes = table.bytesWith(after);
    if (bytes > MAX_BYTES) {
      throw new Refused(new TemplatesFullException(bytes));
    }
    table.insert(after);
    note(session, name, before, after);
    return Optional.of(new Written(after, before == null ? How.CREATED : How.CHANGED));
  }

  @Override
  public Future<Boolean> removeTemplate(
      String tenant, String name, Consumer<Optional<Template>> check, long nowMillis) {
    return store.writer().submit(session -> remove(session, tenant, name, check, nowMillis), 1);
  }

  private boolean remove(
      WriteSession session,
      String tenant,
      String name,
      Consumer<Optional<Template>> check,
      long nowMillis)
      throws SQLException {
    TemplateTable table = session.templates();
    boolean known = table.greatestVersion(tenant, name) > 0;
    Template before = known ? table.newest(tenant, name) : null;
    Refused.ifThrown(() -> check.accept(Optional.ofNullable(before)));
    if (before == null) {
      return false;
    }
    table.remove(before, nowMillis);
    note(session, name, before, null);
    return true;
  }

  private void note(
      WriteSession session, String name, @Nullable Template before, @Nullable Template after)
      throws SQLException {
    if (act != null) {
      session
          .audit()
          .insert(
              act.done(
                  name,
                  before == null ? null : AuditValues.of(before),
                  after == null ? null : AuditValues.of(after)));
    }
  }
}
