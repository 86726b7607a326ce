package io.signalbox.gateway.ledger.postgres;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Of what kind the parameters of a statement are, as far as values told. */
final class PgKinds {
  private final @Nullable PgKind[] kinds;

  PgKinds(int parameters) {
    this.kinds = new PgKind[parameters];
  }

  void tell(int index, PgKind kind) {
    PgKind known = kinds[index];
    if (known != kind) {
      kinds[index] = known == null ? kind : PgKind.wider(known, kind);
    }
  }

  /** All of them; null if one is not known. */
  @Nullable List<PgKind> all() {
    List<PgKind> all = new ArrayList<>(kinds.length);
    for (PgKind kind : kinds) {
      if (kind == null) {
        return null;
      }
      all.add(kind);
    }
    return all;
  }
}
