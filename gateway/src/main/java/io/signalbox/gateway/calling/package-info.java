/**
 * How operations ask providers: who is asked now, how many calls are under way at each, at what
 * rate, and that every call is recorded. It shares no permit, queue or verticle with the dispatch
 * of notifications, so that neither can hold up the other.
 */
@NullMarked
package io.signalbox.gateway.calling;

import org.jspecify.annotations.NullMarked;
