package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PgTextTest {

  @Test
  void parametersGetNumbers() {
    PgText text = PgText.of("SELECT '?' FROM a WHERE b = ? AND c = ? LIMIT ?");

    assertThat(text.sql()).isEqualTo("SELECT '?' FROM a WHERE b = $1 AND c = $2 LIMIT $3");
    assertThat(text.parameters()).isEqualTo(3);
    assertThat(text.table()).isNull();
    assertThat(text.rows()).isNull();
  }

  @Test
  void numbersStay() {
    PgText text = PgText.of("UPDATE a SET b = ?2 WHERE c = ?1 OR ?2 = d");

    assertThat(text.sql()).isEqualTo("UPDATE a SET b = $2 WHERE c = $1 OR $2 = d");
    assertThat(text.parameters()).isEqualTo(2);
    assertThat(text.table()).isEqualTo("a");
  }

  @Test
  void hintsForAnotherStoreGo() {
    assertThat(PgText.of("SELECT 1 FROM a b INDEXED BY i WHERE c").sql())
        .isEqualTo("SELECT 1 FROM a b WHERE c");
  }

  @Test
  void whatLooksAtOtherRowsKeepsItsPlace() {
    assertThat(PgText.of("DELETE FROM a WHERE id IN (SELECT id FROM b)").table()).isNull();
    assertThat(PgText.of("INSERT INTO a (b) VALUES (?) RETURNING id").table()).isNull();
  }
}
