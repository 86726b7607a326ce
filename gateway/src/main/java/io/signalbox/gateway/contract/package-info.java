/** The OpenAPI document as the contract: what its calls take, checked by what it says. */
@NullMarked
package io.signalbox.gateway.contract;

import org.jspecify.annotations.NullMarked;
