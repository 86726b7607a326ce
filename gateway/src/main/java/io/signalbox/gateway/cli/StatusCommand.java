package io.signalbox.gateway.cli;

import io.signalbox.gateway.cli.board.Board;
import io.signalbox.gateway.cli.board.Board.Flow;
import io.signalbox.gateway.cli.board.ProviderLine;
import io.signalbox.gateway.cli.board.Verdict;
import io.signalbox.gateway.cli.board.Words;
import io.signalbox.gateway.security.Role;
import io.signalbox.gateway.text.SpanText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Says in a few lines how a gateway is; monitor-health says why.",
    exitCodeList = "1:it takes no requests now, or what is due is not worked on")
final class StatusCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();

  @Override
  public Integer call() {
    Look look = Look.at(client.call(Role.VIEWER), false);
    output.result(look.json(), json -> print(look.board()));
    return look.board().ready() && look.board().running() ? 0 : ExitCodes.FAILED;
  }

  private void print(Board board) {
    Verdict verdict = Verdict.of(board);
    output.line(board.url() + (board.ready() ? " is ready" : " takes no requests"));
    output.wrapped(verdict.state() + ": " + verdict.summary());
    board.flow().ifPresent(flow -> output.wrapped(flow(flow)));
    output.line(
        Words.number(board.waiting())
            + " wait"
            + (board.oldestDueMillis() > 0
                ? ", the oldest due for " + SpanText.of(board.oldestDueMillis())
                : ""));
    board.providers().ifPresent(all -> output.wrapped(providers(all)));
  }

  private static String providers(List<ProviderLine> all) {
    List<String> well =
        all.stream()
            .filter(each -> !each.level().isTrouble())
            .map(ProviderLine::id)
            .sorted()
            .toList();
    return well.size()
        + " of "
        + Words.plural(all.size(), "provider")
        + " well"
        + (well.isEmpty() ? "" : ": " + String.join(", ", well));
  }

  private static String flow(Flow flow) {
    return "since its start "
        + Words.number(flow.acceptedEver())
        + " accepted, "
        + Words.number(flow.deliveredEver())
        + " delivered, "
        + Words.number(flow.failedEver())
        + " failed";
  }
}
