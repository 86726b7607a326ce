package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PgRowsTextTest {

  @Test
  void anInsertOfOneRowBecomesOneOfMany() {
    PgRowsText insert = rows("INSERT INTO a (b, c, d)\nVALUES (?, 0, ?) ON CONFLICT DO NOTHING");

    assertThat(insert).isNotNull();
    assertThat(insert.update()).isFalse();
    assertThat(insert.ofRows(List.of(PgKind.LONG, PgKind.TEXT)))
        .isEqualTo(
            "INSERT INTO a (b, c, d) SELECT u.p1, 0, u.p2 FROM unnest($1::int8[], $2::text[])"
                + " WITH ORDINALITY AS u(p1, p2, place) ORDER BY u.place ON CONFLICT DO NOTHING");
  }

  @Test
  void anInsertThatMayMeetARowTwiceDoesNot() {
    assertThat(rows("INSERT INTO a (b) VALUES (?) ON CONFLICT (b) DO UPDATE SET c = excluded.c"))
        .isNull();
  }

  @Test
  void anUpdateOfOneRowBecomesOneOfMany() {
    PgRowsText update =
        rows("UPDATE a SET b = ?, c = COALESCE(?, c),\n  d = NULL\nWHERE e = ? AND f = ?");

    assertThat(update).isNotNull();
    assertThat(update.update()).isTrue();
    assertThat(update.ofRows(List.of(PgKind.TEXT, PgKind.TIME, PgKind.LONG, PgKind.INT)))
        .isEqualTo(
            "UPDATE a SET b = u.p1, c = COALESCE(u.p2, c),\n  d = NULL FROM unnest("
                + "$1::text[], $2::timestamptz[], $3::int8[], $4::int4[])"
                + " WITH ORDINALITY AS u(p1, p2, p3, p4, place) WHERE e = u.p3 AND f = u.p4");
  }

  @Test
  void anUpdateOfRowsThatAreFoundOtherwiseDoesNot() {
    assertThat(rows("UPDATE a SET b = ? WHERE c < ?")).isNull();
    assertThat(rows("UPDATE a SET b = ? WHERE c = ? AND d IS NULL")).isNull();
    assertThat(rows("UPDATE a SET b = ? WHERE c IN (?)")).isNull();
    assertThat(rows("UPDATE a SET b = (SELECT max(d) FROM e) WHERE c = ?")).isNull();
    assertThat(rows("UPDATE a SET b = ?")).isNull();
  }

  private static @Nullable PgRowsText rows(String sql) {
    return PgText.of(sql).rows();
  }
}
