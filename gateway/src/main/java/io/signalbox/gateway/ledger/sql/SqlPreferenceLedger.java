package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.PreferenceLedger;
import io.signalbox.gateway.ledger.PreferenceSet;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Preferences in the ledger. */
final class SqlPreferenceLedger implements PreferenceLedger {
  private final Store store;

  SqlPreferenceLedger(Store store) {
    this.store = store;
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
    return store
        .writer()
        .submit(session -> change(session.preferences(), change, actor, nowMillis), 1);
  }

  private static StoredPreferences change(
      PreferenceTable table, UnaryOperator<StoredPreferences> change, String actor, long nowMillis)
      throws SQLException {
    StoredPreferences before = table.read();
    StoredPreferences after = change.apply(before);
    if (!after.defaults().equals(before.defaults())) {
      table.writeDefaults(after.defaults(), actor, nowMillis);
    }
    for (Map.Entry<Channel, PreferenceSet> own : after.channels().entrySet()) {
      if (!own.getValue().equals(before.channels().get(own.getKey()))) {
        table.writeChannel(own.getKey(), own.getValue(), actor, nowMillis);
      }
    }
    return after;
  }
}
