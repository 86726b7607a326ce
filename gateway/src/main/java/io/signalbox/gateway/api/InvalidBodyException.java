package io.signalbox.gateway.api;

import io.signalbox.gateway.notification.FieldProblem;
import java.util.List;

/** A body has mistakes: an answer with status 422, not a bug. */
final class InvalidBodyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<FieldProblem> problems;

  InvalidBodyException(String message, List<FieldProblem> problems) {
    super(message, null, false, false);
    this.problems = List.copyOf(problems);
  }

  List<FieldProblem> problems() {
    return problems;
  }
}
