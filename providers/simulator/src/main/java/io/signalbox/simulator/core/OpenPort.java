package io.signalbox.simulator.core;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * A socket that listens.
 *
 * @param number the port
 * @param closing closes it and drops its connections
 */
public record OpenPort(int number, Supplier<Future<Void>> closing) {}
