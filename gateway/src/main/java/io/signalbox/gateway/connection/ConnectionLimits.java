package io.signalbox.gateway.connection;

import java.time.Duration;

/**
 * What a port's connections may do.
 *
 * @param most how many there may be
 * @param mostOfAddress how many of one address; of a /64 network with IPv6
 * @param head how long a request's head may take, from the connection's begin or the head's first
 *     byte
 * @param idle how long a connection may be without a request
 * @param bodyBytesPerSecond how fast a body must come on average, once it has taken as long as a
 *     head may; 0 for as slow as one likes
 */
public record ConnectionLimits(
    int most, int mostOfAddress, Duration head, Duration idle, long bodyBytesPerSecond) {}
