/** The only door to libtorch: loading, devices, native lifetimes, shapes, named taps and files of weights. */
@NullMarked
package org.reg2rg.tensor;

import org.jspecify.annotations.NullMarked;
