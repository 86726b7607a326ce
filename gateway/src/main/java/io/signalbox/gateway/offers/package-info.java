/** What number providers have to rent, and at what price: asked for now and then, and on want. */
@NullMarked
package io.signalbox.gateway.offers;

import org.jspecify.annotations.NullMarked;
