package io.signalbox.gateway.api;

import io.signalbox.gateway.notification.FieldProblem;
import java.util.List;

/** A body has mistakes: an answer, not a bug. */
final class InvalidBodyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final transient List<FieldProblem> problems;

  InvalidBodyException(String message, List<FieldProblem> problems) {
    this(422, message, problems);
  }

  InvalidBodyException(int status, String message, List<FieldProblem> problems) {
    super(message, null, false, false);
    this.status = status;
    this.problems = List.copyOf(problems);
  }

  int status() {
    return status;
  }

  List<FieldProblem> problems() {
    return problems;
  }
}
