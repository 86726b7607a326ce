package io.signalbox.gateway.template;

import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.gateway.notification.Rendered;
import java.util.List;

/** What came of filling a template with data. */
public sealed interface Rendering {

  /** Its texts. */
  record Done(Rendered rendered) implements Rendering {}

  /**
   * There is no such template, or no such version of it.
   *
   * @param version whether a version was asked for
   */
  record Unknown(boolean version) implements Rendering {
    /** The same as a mistake of the notification that named it. */
    FieldProblem problem() {
      return version
          ? new FieldProblem("/template_version", "is no version of the template that is kept")
          : new FieldProblem("/template", "is not a known template");
    }
  }

  /** What is wrong with what was asked for. */
  record Refused(List<FieldProblem> problems) implements Rendering {
    /** Copies the list. */
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
