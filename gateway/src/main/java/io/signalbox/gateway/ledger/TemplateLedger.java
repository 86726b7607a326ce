package io.signalbox.gateway.ledger;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps the templates of tenants, with their last versions. Thread-safe. */
public interface TemplateLedger {
  /** How many templates a tenant may have. */
  int MAX_TEMPLATES = 1_000;

  /** How many versions of a template are kept: the newest ones. */
  int MAX_VERSIONS = 100;

  /** How many bytes the kept versions of a tenant's templates may take, as JSON in UTF-8. */
  long MAX_BYTES = 64 << 20;

  /** Asks for the newest version. */
  int NEWEST = 0;

  /** The templates of a tenant by name, each in its newest version. */
  Future<List<TemplateSummary>> templates(String tenant);

  /** The versions of a template that are kept, newest first; empty if there is no such template. */
  Future<List<TemplateSummary>> versions(String tenant, String name);

  /**
   * A version of a template.
   *
   * @param version {@link #NEWEST}, or which
   */
  Future<Optional<Template>> template(String tenant, String name, int version);

  /**
   * Makes a template, or a new version of it; nothing changes if the newest is the same.
   *
   * @param check is given the newest version before anything changes; what it throws fails the
   *     result. Pure, since it may run twice
   * @return empty if the tenant has as many templates as it may have; fails with {@link
   *     TemplatesFullException} if they would take more than they may
   */
  Future<Optional<Written>> putTemplate(
      String tenant,
      String name,
      TemplateDocument document,
      Consumer<Optional<Template>> check,
      String actor,
      long nowMillis);

  /**
   * Removes a template with all its versions. Notifications that were made of it stay as they are.
   *
   * @param check as above
   * @return whether there was one
   */
  Future<Boolean> removeTemplate(
      String tenant, String name, Consumer<Optional<Template>> check, long nowMillis);

  /**
   * Has a bell rung when anybody may have changed templates, as far as the store can tell; for as
   * long as the ledger is open.
   *
   * @param bell called on any thread; must not block
   */
  void onChange(Runnable bell);

  /** The same, whose changes are an administrator's act and stand in the audit log. */
  TemplateLedger by(Act act);

  /**
   * What is stored now.
   *
   * @param template the newest version
   * @param how what became of the request
   */
  record Written(Template template, How how) {}

  /** What became of a template that was put. */
  enum How {
    /** There was none of that name. */
    CREATED,
    /** There is a new version. */
    CHANGED,
    /** The newest version was the same. */
    SAME
  }
}
