package io.signalbox.gateway.notification;

import java.util.ArrayList;
import java.util.List;

/** Collects mistakes, up to a bound. Not thread-safe. */
final class Problems {
  private static final int LONGEST_NAME = 64;

  private final List<FieldProblem> list = new ArrayList<>(0);

  void add(String pointer, String detail) {
    if (!isFull()) {
      list.add(new FieldProblem(pointer, detail));
    }
  }

  void add(NotificationField field, String detail) {
    add(field.pointer(), detail);
  }

  /** Whether there are so many that reading on is of no use. */
  boolean isFull() {
    return list.size() >= NotificationParser.MAX_PROBLEMS;
  }

  boolean isEmpty() {
    return list.isEmpty();
  }

  List<FieldProblem> list() {
    return list;
  }

  /** A pointer one level deeper; long names are cut, so that an answer stays small. */
  static String child(String parent, String name) {
    String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "..." : name;
    return parent + "/" + shown.replace("~", "~0").replace("/", "~1");
  }
}
