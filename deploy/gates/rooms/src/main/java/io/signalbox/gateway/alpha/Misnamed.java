package io.signalbox.gateway.alpha;

import io.vertx.core.VerticleBase;
import org.jspecify.annotations.NullMarked;

/** A verticle that is not called one. */
@NullMarked
public final class Misnamed extends VerticleBase {}
