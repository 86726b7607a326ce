package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Act;
import io.signalbox.gateway.ledger.AuditValues;
import io.signalbox.gateway.ledger.PreferenceLedger;
import io.signalbox.gateway.ledger.PreferenceSet;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Preferences in the ledger. */
final class SqlPreferenceLedger implements PreferenceLedger {
  private final Store store;
  private final @Nullable Act act;

  SqlPreferenceLedger(Store store) {
    this(store, null);
  }

  private SqlPreferenceLedger(Store store, @Nullable Act act) {
    this.store = store;
    this.act = act;
  }

  @Override
  public PreferenceLedger by(Act newAct) {
    return new SqlPreferenceLedger(store, newAct);
  }

  @Override
  public Future<StoredPreferences> preferences() {
    return store.readers().read(session -> session.preferences().read());
  }

  @Override
  public void onChange(Runnable bell) {
    store.engine().onPreferences(bell);
  }

  @Override
  public Future<StoredPreferences> changePreferences(
      UnaryOperator<StoredPreferences> change, String actor, long nowMillis) {
    return store.writer().submit(session -> change(session, change, actor, nowMillis), 1);
  }

  private StoredPreferences change(
      WriteSession session, UnaryOperator<StoredPreferences> change, String actor, long nowMillis)
      throws SQLException {
    PreferenceTable table = session.preferences();
    StoredPreferences before = table.hold();
    StoredPreferences after = Refused.orResult(() -> change.apply(before));
    if (!after.defaults().equals(before.defaults())) {
      table.writeDefaults(after.defaults(), actor, nowMillis);
    }
    for (Map.Entry<Channel, PreferenceSet> own : after.channels().entrySet()) {
      if (!own.getValue().equals(before.channels().get(own.getKey()))) {
        table.writeChannel(own.getKey(), own.getValue(), actor, nowMillis);
      }
    }
    if (act != null) {
      session
          .audit()
          .insert(act.done("preferences", AuditValues.of(before), AuditValues.of(after)));
    }
    return after;
  }
}
