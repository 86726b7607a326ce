package io.signalbox.provider.seed;

import org.jspecify.annotations.NullMarked;

/** A provider, for the gateway to know. */
@NullMarked
public final class Seed {}
