package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.Seal.Known;
import io.signalbox.gateway.ledger.SealedException;
import io.signalbox.gateway.ledger.SealedForm;
import io.signalbox.gateway.ledger.sql.ResealReader.Kind;
import io.signalbox.gateway.ledger.sql.ResealReader.Stored;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writer's statements that seal anew; what has changed since it was found is left alone. */
final class ResealTable {
  private static final Logger LOG = LoggerFactory.getLogger(ResealTable.class);

  private final Seal seal;
  private final SealKeyTable keys;
  private final List<SqlStatement> updates = new ArrayList<>();

  ResealTable(SqlConnection connection, Seal seal) throws SQLException {
    this.seal = seal;
    this.keys = new SealKeyTable(connection);
    for (Kind kind : ResealReader.KINDS) {
      updates.add(
          connection.prepare(
              "UPDATE "
                  + kind.table()
                  + " SET "
                  + kind.column()
                  + " = ? WHERE "
                  + kind.id()
                  + " = ? AND "
                  + kind.column()
                  + " = ?"));
    }
  }

  /** The keys that values may be sealed with. */
  SealKeyTable keys() {
    return keys;
  }

  /** Seals values of a kind. */
  Result reseal(int kind, List<Stored> values) throws SQLException {
    SqlStatement update = updates.get(kind);
    int changed = 0;
    int unreadable = 0;
    for (Stored stored : values) {
      String about = ResealReader.KINDS.get(kind).about().of(stored.name(), stored.number());
      try {
        bind(update, stored.value(), about);
      } catch (SealedException e) {
        if (seal.known(SealedForm.keyOf(stored.value())) != Known.LOST) {
          unreadable++;
          LOG.debug(
              "{} {} stays as it is: {}",
              ResealReader.KINDS.get(kind).table(),
              stored.id(),
              e.getMessage());
        }
        continue;
      }
      update.setLong(2, stored.id());
      changed += update.update();
    }
    update.clearParameters();
    return new Result(changed, unreadable);
  }

  private void bind(SqlStatement update, Object value, String about) throws SQLException {
    if (value instanceof byte[] bytes) {
      update.setBytes(1, seal.seal(seal.open(bytes, about), about));
      update.setBytes(3, bytes);
    } else {
      String text = (String) value;
      update.setString(1, seal.sealText(seal.openText(text, about), about));
      update.setString(3, text);
    }
  }

  /**
   * What became of values.
   *
   * @param changed how many were sealed anew
   * @param unreadable how many could not be opened, though nobody has given up their key
   */
  record Result(int changed, int unreadable) {}
}
