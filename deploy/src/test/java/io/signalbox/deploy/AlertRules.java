package io.signalbox.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The alerts that are shipped for Prometheus, and their cases. */
final class AlertRules {
  /** Maven runs tests in the module's folder. */
  static final Path FOLDER = Path.of("monitoring").toAbsolutePath();

  static final Path FILE = FOLDER.resolve("signalbox-rules.yaml");
  static final Path CASES = FOLDER.resolve("signalbox-rules-test.yaml");

  private AlertRules() {}

  /** An alert. */
  record Alert(String name, String expression, Map<String, String> annotations) {}

  /**
   * A case.
   *
   * @param fires whether the alert is to fire
   */
  record Case(String alert, boolean fires) {}

  static List<Alert> alerts() {
    List<Alert> alerts = new ArrayList<>();
    for (Map<String, Object> group : maps(read(FILE).get("groups"))) {
      for (Map<String, Object> rule : maps(group.get("rules"))) {
        @SuppressWarnings("unchecked")
        Map<String, String> annotations = (Map<String, String>) rule.get("annotations");
        alerts.add(
            new Alert(
                String.valueOf(rule.get("alert")), String.valueOf(rule.get("expr")), annotations));
      }
    }
    return alerts;
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Map<String, Object> test : maps(read(CASES).get("tests"))) {
      for (Map<String, Object> one : maps(test.get("alert_rule_test"))) {
        cases.add(
            new Case(String.valueOf(one.get("alertname")), !maps(one.get("exp_alerts")).isEmpty()));
      }
    }
    return cases;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> maps(Object list) {
    return (List<Map<String, Object>>) list;
  }

  private static Map<String, Object> read(Path file) {
    try {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
