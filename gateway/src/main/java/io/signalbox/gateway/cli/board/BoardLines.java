package io.signalbox.gateway.cli.board;

import io.signalbox.gateway.cli.board.Board.Dependency;
import io.signalbox.gateway.cli.board.Board.Flow;
import io.signalbox.gateway.cli.board.Board.LaneLine;
import io.signalbox.gateway.cli.board.Paint.Tone;
import io.signalbox.gateway.text.SpanText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/** The board as lines of text: what is wrong first, then why, then the rest. Pure. */
public final class BoardLines {
  private static final int MOST_LANES = 8;
  private static final int MOST_REASONS = 3;
  private static final int WHY_INDENT = 6;

  private final Paint paint;
  private final int width;
  private final List<String> lines = new ArrayList<>();

  private BoardLines(Paint paint, int width) {
    this.paint = paint;
    this.width = width;
  }

  /**
   * The lines.
   *
   * @param width of the longest line, without what makes colours; 80 is enough for all columns
   */
  public static List<String> of(Board board, Instant now, int width, Paint paint) {
    BoardLines text = new BoardLines(paint, width);
    text.head(board, now);
    board.flow().ifPresent(flow -> text.flow(board, flow));
    text.providers(board);
    text.lanes(board.lanes());
    text.dependencies(board.dependencies());
    return text.lines;
  }

  private void head(Board board, Instant now) {
    Tone tone = tone(board);
    String since = Words.ago(board.modeSince(), now);
    String mode =
        (board.mode().isEmpty() ? "mode not known" : board.mode())
            + (since.isEmpty() ? "" : " for " + since);
    String clock = now.truncatedTo(ChronoUnit.SECONDS).toString();
    int room = Math.max(10, width - mode.length() - clock.length() - 4);
    lines.add(
        paint.as(tone, mode)
            + "  "
            + Words.column(board.url(), room).stripTrailing()
            + paint.as(Tone.DIM, "  " + clock));
    if (!board.ready()) {
      add(Tone.BAD, 2, "takes no requests: " + board.readiness());
    }
    if (!board.running()) {
      add(Tone.BAD, 2, "work is due and nothing is done");
    }
    board.reasons().forEach(reason -> add(tone, 2, reason));
  }

  private static Tone tone(Board board) {
    return switch (board.mode()) {
      case "NORMAL" -> board.ready() && board.running() ? Tone.GOOD : Tone.BAD;
      case "PARTIAL", "" -> Tone.WARN;
      default -> Tone.BAD;
    };
  }

  private void flow(Board board, Flow flow) {
    String waiting =
        Words.number(board.waiting())
            + " wait"
            + (board.oldestDueMillis() > 0
                ? ", oldest due " + SpanText.of(board.oldestDueMillis())
                : "");
    add(
        Tone.BOLD,
        0,
        "accepted "
            + Words.rate(flow.accepted())
            + "/s, delivered "
            + Words.rate(flow.delivered())
            + "/s, failed "
            + Words.rate(flow.failed())
            + "/s; "
            + waiting);
  }

  private void providers(Board board) {
    if (board.providers().isEmpty()) {
      add(Tone.DIM, 0, "providers: this token may not see them; use one of role viewer or manager");
      return;
    }
    List<ProviderLine> all = board.providers().get();
    lines.add("");
    lines.add(
        paint.as(
            Tone.DIM,
            Words.column("PROVIDER", 20)
                + " STATE SCORE BREAKER    SUCCESS   TAKES     LOAD TRAFFIC"));
    if (all.isEmpty()) {
      lines.add("none is configured: put a jar and a provider file into the plugins folder");
    }
    for (ProviderLine provider : all) {
      provider(provider);
    }
  }

  private void provider(ProviderLine provider) {
    Level level = provider.level();
    lines.add(
        Words.column(provider.id(), 20)
            + ' '
            + paint.as(level.tone(), Words.column(level.label(), 5))
            + ' '
            + Words.right(known(provider.score(), score -> Long.toString(Math.round(score))), 5)
            + ' '
            + Words.column(Words.plain(provider.breaker()), 10)
            + ' '
            + Words.right(known(provider.successPercent(), Words::percent), 7)
            + ' '
            + Words.right(
                provider.averageMillis() > 0
                    ? SpanText.of(Math.round(provider.averageMillis()))
                    : "-",
                7)
            + ' '
            + Words.right(provider.inFlight() + "/" + provider.limit(), 8)
            + ' '
            + Words.right(Words.percent(provider.trafficPercent()), 7));
    if (level.isTrouble()) {
      provider.why().stream()
          .limit(MOST_REASONS)
          .forEach(why -> add(level.tone(), WHY_INDENT, why));
      if (!provider.next().isEmpty()) {
        add(Tone.DIM, WHY_INDENT, "Next: " + provider.next());
      }
    }
  }

  private static String known(OptionalDouble value, DoubleFunction<String> words) {
    return value.isPresent() ? words.apply(value.getAsDouble()) : "-";
  }

  private void lanes(List<LaneLine> lanes) {
    if (lanes.isEmpty()) {
      return;
    }
    this.lines.add("");
    this.lines.add(
        paint.as(
            Tone.DIM,
            Words.column("LANE", 20)
                + Words.right("DUE", 11)
                + Words.right("LATER", 11)
                + Words.right("OLDEST DUE", 12)));
    for (LaneLine lane : lanes.subList(0, Math.min(MOST_LANES, lanes.size()))) {
      this.lines.add(
          Words.column(lane.name(), 20)
              + Words.right(Words.number(lane.due()), 11)
              + Words.right(Words.number(lane.later()), 11)
              + Words.right(
                  lane.oldestDueMillis() > 0 ? SpanText.of(lane.oldestDueMillis()) : "-", 12));
    }
    if (lanes.size() > MOST_LANES) {
      this.lines.add("and " + Words.plural(lanes.size() - MOST_LANES, "lane") + " more");
    }
  }

  private void dependencies(List<Dependency> all) {
    if (all.isEmpty()) {
      return;
    }
    lines.add("");
    List<String> well = new ArrayList<>();
    for (Dependency each : all) {
      if (each.isTrouble()) {
        add(
            "down".equals(each.status()) ? Tone.BAD : Tone.WARN,
            0,
            Words.plain(each.name())
                + ' '
                + each.status()
                + (each.detail().isEmpty() ? "" : ": " + each.detail()));
      } else if (!"not_used".equals(each.status())) {
        well.add(Words.plain(each.name()) + ' ' + Words.plain(each.status()));
      }
    }
    if (!well.isEmpty()) {
      add(Tone.DIM, 0, String.join(", ", well));
    }
  }

  private void add(Tone tone, int indent, String text) {
    for (String line : Words.wrap(text, indent, width)) {
      lines.add(paint.as(tone, line));
    }
  }
}
