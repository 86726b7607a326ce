package io.signalbox.gateway.cli;

import io.signalbox.gateway.cli.board.Board;
import io.signalbox.gateway.cli.board.Verdict;
import io.vertx.core.json.JsonObject;

/**
 * One look at a gateway.
 *
 * @param board what it tells
 * @param json the same as it came, with the verdict
 */
record Look(Board board, JsonObject json) {

  /**
   * Looks. Blocks.
   *
   * @param deep whether to ask for its dependencies too
   * @throws CommandFailure if it does not answer, or does not take the token
   */
  static Look at(HttpCall call, boolean deep) {
    JsonObject readiness = call.report("/health/ready");
    JsonObject events = call.get("/api/v1/events");
    JsonObject detailed = deep ? call.report("/health/detailed") : new JsonObject();
    Board board = Board.of(call.url(), readiness, events, detailed);
    Verdict verdict = Verdict.of(board);
    JsonObject json =
        new JsonObject()
            .put("url", call.url())
            .put("verdict", verdict.state().wireName())
            .put("summary", verdict.summary())
            .put("ready", board.ready())
            .put("readiness", readiness)
            .mergeIn(events);
    if (deep) {
      json.put("dependencies", detailed);
    }
    return new Look(board, json);
  }
}
