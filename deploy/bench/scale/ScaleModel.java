import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A model of many gateways: what saturates first, and what a failure costs. Pure and seeded: the
 * same arguments print the same tables. What the numbers are and how much they are worth stands in
 * docs/scaling.md.
 *
 * <pre>deploy/bench/scale/run [NAME=VALUE...]
 * </pre>
 *
 * Nodes stand in cells. A cell is what one ledger is shared by: a PostgreSQL, a Redis, some nodes.
 * Time goes in ticks of 10 ms; what arrives in a tick moves on together.
 */
public final class ScaleModel {
  private ScaleModel() {}

  public static void main(String[] arguments) {
    List.of(arguments).forEach(Values::set);
    print("Values: " + Values.all());
    print("");
    if (Values.of("knees") > 0) {
      knees();
    }
    double cells = Values.of("cells");
    print(
        "| at "
            + Math.round(Values.of("rate"))
            + "/s, "
            + Math.round(cells)
            + " cells | sent, /s | refused | unanswered | unknown | most waiting | most spooled |"
            + " p99 to sent, s | longest, s | as before after, s |");
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    tell("nothing fails", run -> {});
    tell("one node is killed", run -> Failures.kill(run, 0, 0));
    tell(
        "two nodes are, of two cells",
        run -> {
          Failures.kill(run, 0, 0);
          Failures.kill(run, cells > 1 ? 1 : 0, cells > 1 ? 0 : 1);
        });
    String seconds = Math.round(Values.of("primary.seconds")) + " s";
    tell("a primary is away for " + seconds, run -> Failures.losePrimary(run, 0));
    tell("half of the providers are, for " + seconds, Failures::loseProviders);
  }

  /** How much each division into cells keeps up with. */
  private static void knees() {
    print("| cells | nodes in each | keeps up with, /s | what is full first | then |");
    print("| --- | --- | --- | --- | --- |");
    double cells = Values.of("cells");
    for (int count : new int[] {1, 2, 4, 5, 10, 20}) {
      Values.set("cells=" + count);
      knee(count);
    }
    Values.set("cells=" + cells);
    print("");
  }

  /** The most that is taken and sent without a backlog that grows. */
  private static void knee(int cells) {
    int low = 1;
    int high = 300;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (new Run(middle * 1_000.0, 60).run(run -> {}).keepsUp(middle * 1_000.0)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    Use use = new Run(low * 1_000.0, 60).run(run -> {}).use;
    List<String> fullest = use.fullest();
    print(
        String.format(
            Locale.ROOT,
            "| %d | %.0f | %,.0f | %s (%.0f%%) | %s (%.0f%%) |",
            cells,
            Values.of("nodes") / cells,
            low * 1_000.0,
            fullest.get(0),
            100 * use.share(fullest.get(0)),
            fullest.get(1),
            100 * use.share(fullest.get(1))));
  }

  private static void tell(String what, Consumer<Run> failure) {
    Story story = new Run(Values.of("rate"), (int) Values.of("seconds")).run(failure);
    print(
        String.format(
            Locale.ROOT,
            "| %s | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %.1f | %.1f | %.0f |",
            what,
            story.sentSteady / 30,
            story.refused,
            story.unanswered,
            story.unknown,
            story.mostWaiting,
            story.mostSpooled,
            story.percentileMillis(0.99) / 1_000,
            (double) story.longest / Run.TICKS,
            (double) (story.recoveredAt - Run.FAIL_AT) / Run.TICKS));
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
