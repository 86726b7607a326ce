package io.signalbox.gateway.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.RefusedChangeException;
import io.signalbox.gateway.notification.FieldProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

/** Errors of the database, and of what was asked. */
class DatabaseErrorTest {
  private static final ErrorContext STORE = new ErrorContext("store", null);

  @ParameterizedTest
  @CsvSource({
    "40P01, DEADLOCK",
    "40001, DEADLOCK",
    "40003, DEADLOCK",
    "55P03, TIMEOUT",
    "57014, TIMEOUT",
    "25P03, TIMEOUT",
    "25P04, TIMEOUT",
    "08007, TIMEOUT",
    "08000, CONNECTION_LOST",
    "08001, CONNECTION_LOST",
    "08006, CONNECTION_LOST",
    "57P01, CONNECTION_LOST",
    "57P03, CONNECTION_LOST",
    "25006, CONNECTION_LOST",
    "22001, CONSTRAINT",
    "23505, CONSTRAINT",
    "23503, CONSTRAINT",
    "54000, CONSTRAINT",
    "53100, OVERLOADED",
    "53300, OVERLOADED",
    "42P01, OTHER",
    "58030, OTHER",
    "XX001, OTHER",
    "HY000, OTHER",
    ", OTHER",
  })
  void everyStateHasAKind(@Nullable String state, DatabaseErrorKind kind) {
    assertThat(DatabaseErrorKind.ofState(state)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    // kind, undecided, retryable, problem, level of the log
    "DEADLOCK, false, true, unavailable, WARN",
    "TIMEOUT, false, true, unavailable, WARN",
    "TIMEOUT, true, false, unavailable, WARN",
    "CONNECTION_LOST, false, true, unavailable, WARN",
    "CONNECTION_LOST, true, false, unavailable, WARN",
    "OVERLOADED, false, true, unavailable, WARN",
    "CONSTRAINT, false, false, internal-error, ERROR",
    "OTHER, false, false, unavailable, ERROR",
  })
  void eachKindHasItsProblemAndItsLine(
      DatabaseErrorKind kind, boolean undecided, boolean retryable, String problem, Level level) {
    DatabaseError error = new DatabaseError("c1", STORE, kind, "state", undecided);

    assertThat(error.retryable()).isEqualTo(retryable);
    ErrorProblem told = ErrorProblem.of(error);
    assertThat(told.type()).isEqualTo(problem);
    assertThat(told.members())
        .containsEntry("database_error", kind.wireName())
        .containsEntry("retryable", retryable);
    assertThat(told.detail().contains("look before")).isEqualTo(undecided);
    ErrorLine line = ErrorLine.of(error);
    assertThat(line.level()).isEqualTo(level);
    assertThat(line.values())
        .containsEntry("sql_state", "state")
        .containsEntry("undecided", undecided)
        .doesNotContainKey("operation_id");
  }

  @Test
  void theLedgersExceptionsSayWhatTheyMean() {
    Throwable cause = new IllegalStateException("of the store");

    assertThat(new LedgerUnavailableException("away").error("c1", STORE))
        .isEqualTo(new DatabaseError("c1", STORE, DatabaseErrorKind.CONNECTION_LOST, null, false));
    assertThat(new LedgerUnavailableException("locked", cause, "55P03").error("c1", STORE))
        .isEqualTo(new DatabaseError("c1", STORE, DatabaseErrorKind.TIMEOUT, "55P03", false));
    assertThat(LedgerUnavailableException.busy("much").error("c1", STORE).kind())
        .isEqualTo(DatabaseErrorKind.OVERLOADED);
    assertThat(LedgerUnavailableException.undecided("lost", cause, "08007").error("c1", STORE))
        .isEqualTo(new DatabaseError("c1", STORE, DatabaseErrorKind.TIMEOUT, "08007", true));
    assertThat(LedgerUnavailableException.partly("half", cause).error("c1", STORE).retryable())
        .isFalse();
    assertThat(new RefusedChangeException(cause, "23505").error("c1", STORE))
        .isEqualTo(new DatabaseError("c1", STORE, DatabaseErrorKind.CONSTRAINT, "23505", false));
  }

  @Test
  void mistakesAreNamedByField() {
    FieldProblem mistake = new FieldProblem("/start", "must be a time");
    ValidationError error =
        new ValidationError("c1", new ErrorContext("request", null), List.of(mistake));

    assertThat(error.retryable()).isFalse();
    assertThat(ErrorProblem.of(error).type()).isEqualTo("invalid-fields");
    assertThat(ErrorProblem.of(error).fields()).containsExactly(mistake);
    assertThat(ErrorLine.of(error).level()).isEqualTo(Level.INFO);
    assertThat(ErrorLine.of(error).values()).containsEntry("fields", List.of("/start"));
    assertThatThrownBy(() -> new ValidationError("c1", STORE, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
