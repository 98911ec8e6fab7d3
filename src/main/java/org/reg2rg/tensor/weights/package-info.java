/**
 * Files of weights: safetensors, torch zip archives, the older torch layout and sharded folders, read through memory
 * maps and written in a stream. Plain Java; pickles are read as data and nothing in a file is ever executed.
 */
@NullMarked
package org.reg2rg.tensor.weights;

import org.jspecify.annotations.NullMarked;
