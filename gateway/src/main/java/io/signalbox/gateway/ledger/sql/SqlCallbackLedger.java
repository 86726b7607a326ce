package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Act;
import io.signalbox.gateway.ledger.AuditValues;
import io.signalbox.gateway.ledger.CallbackDelivery;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackLedger;
import io.signalbox.gateway.ledger.CallbackPatch;
import io.signalbox.gateway.ledger.CallbackSecret;
import io.signalbox.gateway.ledger.DeliveryState;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.Redelivery;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Secret;
import io.signalbox.spi.events.NotificationEvent;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The callback endpoints of the ledger, in the same store. */
final class SqlCallbackLedger implements CallbackLedger {
  private static final int MAX_PAGE = 1_000;

  /** How many are made due again in one change. */
  private static final int REDELIVERIES = 500;

  private final Store store;
  private final Seal seal;
  private final @Nullable Act act;

  SqlCallbackLedger(Store store, Seal seal) {
    this(store, seal, null);
  }

  private SqlCallbackLedger(Store store, Seal seal, @Nullable Act act) {
    this.store = store;
    this.seal = seal;
    this.act = act;
  }

  @Override
  public boolean seals() {
    return seal.seals();
  }

  @Override
  public CallbackLedger by(Act newAct) {
    return new SqlCallbackLedger(store, seal, newAct);
  }

  private void note(
      WriteSession session, @Nullable CallbackEndpoint before, @Nullable CallbackEndpoint after)
      throws SQLException {
    CallbackEndpoint which = after == null ? before : after;
    if (act != null && which != null) {
      session
          .audit()
          .insert(
              act.done(
                  which.id().toString(),
                  before == null ? null : AuditValues.of(before),
                  after == null ? null : AuditValues.of(after)));
    }
  }

  @Override
  public Future<Boolean> add(CallbackEndpoint endpoint) {
    return store
        .writer()
        .submit(
            session -> {
              if (count(session, endpoint.tenant(), false) >= MAX_ENDPOINTS) {
                return false;
              }
              session.endpointTable().insert(endpoint);
              session.subscriptions().changed();
              note(session, null, endpoint);
              return true;
            },
            1);
  }

  @Override
  public Future<Optional<CallbackEndpoint>> ensure(
      CallbackEndpoint wish, Predicate<Secret> isKeyText, long overlapUntilMillis) {
    PerMessageEndpoint ensured = new PerMessageEndpoint(wish, isKeyText, overlapUntilMillis);
    return store
        .readers()
        .read(session -> Optional.ofNullable(ensured.among(session.endpoints())))
        .compose(
            found ->
                found.filter(ensured::isAsWished).isPresent()
                    ? Future.succeededFuture(found)
                    : store.writer().submit(ensured, 1));
  }

  @Override
  public Future<Integer> removePerMessage(long nowMillis) {
    return store
        .writer()
        .submit(
            session -> {
              int removed = session.endpointTable().removeOfMessages(nowMillis);
              if (removed > 0) {
                session.subscriptions().changed();
              }
              return removed;
            },
            1);
  }

  /** How many a tenant has, of one kind. */
  static long count(WriteSession session, String tenant, boolean perMessage) throws SQLException {
    return session.endpoints().ofTenant(tenant).stream()
        .filter(each -> each.form().perMessage() == perMessage)
        .count();
  }

  @Override
  public Future<List<CallbackEndpoint>> all(String tenant) {
    return store.readers().read(session -> session.endpoints().ofTenant(tenant));
  }

  @Override
  public Future<Optional<CallbackEndpoint>> find(String tenant, NotificationId id) {
    return store
        .readers()
        .read(session -> Optional.ofNullable(session.endpoints().find(tenant, id)));
  }

  @Override
  public Future<Optional<CallbackEndpoint>> change(
      String tenant,
      NotificationId id,
      CallbackPatch patch,
      long nowMillis,
      Consumer<CallbackEndpoint> check) {
    return store
        .writer()
        .submit(
            session -> {
              CallbackEndpoint found = session.endpoints().hold(tenant, id);
              if (found == null) {
                return Optional.empty();
              }
              Refused.ifThrown(() -> check.accept(found));
              CallbackEndpoint changed = Endpoints.change(session, found, patch, nowMillis);
              note(session, found, changed);
              return Optional.of(changed);
            },
            1);
  }

  @Override
  public Future<Optional<CallbackEndpoint>> rotate(
      String tenant,
      NotificationId id,
      CallbackSecret secret,
      long overlapUntilMillis,
      Consumer<CallbackEndpoint> check) {
    return store
        .writer()
        .submit(
            session -> {
              CallbackEndpoint found = session.endpoints().hold(tenant, id);
              if (found == null) {
                return Optional.empty();
              }
              Refused.ifThrown(() -> check.accept(found));
              long now = secret.createdAtMillis();
              if (found.secrets().stream().filter(each -> each.signsAt(now)).count()
                  >= MAX_SECRETS) {
                throw new Refused(new TooManySecretsException());
              }
              session.endpointTable().deleteSecrets(found, now);
              session.endpointTable().expireSecrets(found, overlapUntilMillis);
              session.endpointTable().insertSecret(found, secret);
              session.subscriptions().changed();
              CallbackEndpoint rotated = session.endpoints().find(tenant, id);
              note(session, found, rotated);
              return Optional.ofNullable(rotated);
            },
            1);
  }

  @Override
  public Future<Boolean> remove(
      String tenant, NotificationId id, long nowMillis, Consumer<CallbackEndpoint> check) {
    return store
        .writer()
        .submit(
            session -> {
              CallbackEndpoint found = session.endpoints().hold(tenant, id);
              if (found == null) {
                return false;
              }
              Refused.ifThrown(() -> check.accept(found));
              session.endpointTable().remove(found, nowMillis);
              session.subscriptions().changed();
              note(session, found, null);
              return true;
            },
            1);
  }

  @Override
  public Future<Boolean> sendTo(NotificationId id, NotificationEvent event) {
    return store
        .writer()
        .submit(
            session -> {
              CallbackEndpoint found = session.endpoints().hold(event.tenant(), id);
              if (found == null || !found.enabled()) {
                return false;
              }
              session.news().tellOnly(id.key(), event);
              note(session, found, found);
              return true;
            },
            1);
  }

  @Override
  public Future<List<CallbackDelivery>> deliveries(
      NotificationId id, @Nullable DeliveryState state, long before, int limit) {
    int bounded = Math.min(limit, MAX_PAGE);
    return store
        .readers()
        .read(session -> session.deliveries().page(id.key(), state, before, bounded));
  }

  @Override
  public Future<Integer> redeliver(
      String tenant, NotificationId id, Redelivery which, long nowMillis) {
    return store
        .readers()
        .read(session -> session.deliveries().keys(tenant, id.key(), which))
        .compose(keys -> again(id, keys, nowMillis, 0));
  }

  /** In several changes, so that others get their turn; returns how many in all. */
  private Future<Integer> again(
      NotificationId id, List<Long> keys, long nowMillis, int countBefore) {
    if (keys.isEmpty()) {
      return Future.succeededFuture(countBefore);
    }
    int some = Math.min(REDELIVERIES, keys.size());
    List<Long> now = keys.subList(0, some);
    List<Long> later = keys.subList(some, keys.size());
    return store
        .writer()
        .submit(session -> again(session, id, now, nowMillis), some)
        .recover(
            failure ->
                Future.failedFuture(
                    countBefore == 0
                        ? failure
                        : LedgerUnavailableException.partly(
                            countBefore + " events are sent again", failure)))
        .compose(count -> again(id, later, nowMillis, countBefore + count));
  }

  private static int again(WriteSession session, NotificationId id, List<Long> keys, long nowMillis)
      throws SQLException {
    int count = 0;
    for (long key : keys) {
      if (session.outbox().again(id.key(), key, nowMillis)) {
        count++;
      }
    }
    session.news().ring(id.key());
    return count;
  }
}
